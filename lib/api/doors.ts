type MountedDoor = {
  method: string;
  path: string;
  hot: boolean;
  handle(request: Request, params: Record<string, string>): Promise<Response>;
};

/** Every door there is: the front opens the hot ones, Next's routes all of them, and the OpenAPI document lists them. */
export const doors: readonly MountedDoor[] = [];
