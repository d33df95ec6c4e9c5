/** What the front needs to know of a door; `lib/http/door.ts` makes them. */
export type FrontDoor = {
  method: string;
  /** Segments in braces are given to the door decoded: `/api/v1/budgets/{id}`; `{rest...}` at the end takes all that follows. */
  path: string;
  /** The front answers it itself; any other is the pages' to answer. */
  hot: boolean;
  handle(request: Request, params: Params): Promise<Response>;
};

/** What stood where the path has braces, decoded. */
export type Params = Record<string, string>;

/** A door that was found, and what stood in its braces. */
export type Found = { door: FrontDoor; params: Params };

/** Answers of one address; `target` is the request line's, query included. */
export type Router = {
  /** The door for a request; null when none of the list answers it. */
  find(method: string, target: string): Found | null;
  /** The methods that an address answers; none where no door has it. */
  methodsAt(target: string): string[];
};

type Ending = { door: FrontDoor; names: string[] };
type Node = { fixed: Map<string, Node>; named: Node | null; endings: Map<string, Ending>; rest: Map<string, Ending> };

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

const aNode = (): Node => ({ fixed: new Map(), named: null, endings: new Map(), rest: new Map() });

function add(root: Node, door: FrontDoor): void {
  const names: string[] = [];
  let node = root;
  let endings: 'endings' | 'rest' = 'endings';
  for (const segment of door.path.slice(1).split('/')) {
    const name = /^\{(\w+)(\.\.\.)?\}$/.exec(segment);
    if (endings === 'rest') throw new Error(`${door.path}: nothing may follow {…...}.`);
    if (name === null) {
      const next = node.fixed.get(segment) ?? aNode();
      node.fixed.set(segment, next);
      node = next;
    } else {
      names.push(name[1] as string);
      if (name[2] !== undefined) endings = 'rest';
      else {
        node.named ??= aNode();
        node = node.named;
      }
    }
  }
  if (node[endings].has(door.method)) throw new Error(`Two doors answer ${door.method} ${door.path}.`);
  node[endings].set(door.method, { door, names });
}

/** The ending for these segments from `at` on; a fixed segment goes before a named one, and that before `{rest...}`. */
function find(node: Node, method: string, segments: string[], at: number, values: string[]): Ending | null {
  const segment = segments[at];
  if (segment === undefined) return node.endings.get(method) ?? null;
  const next = node.fixed.get(segment);
  const fixed = next === undefined ? null : find(next, method, segments, at + 1, values);
  if (fixed !== null) return fixed;
  if (node.named !== null && segment !== '') {
    values.push(segment);
    const named = find(node.named, method, segments, at + 1, values);
    if (named !== null) return named;
    values.pop();
  }
  const rest = node.rest.get(method);
  if (rest === undefined || segment === '') return null;
  values.push(segments.slice(at).join('/'));
  return rest;
}

function decoded(names: string[], values: string[]): Params | null {
  try {
    return Object.fromEntries(names.map((name, at) => [name, decodeURIComponent(values[at] as string)]));
  } catch {
    return null;
  }
}

/**
 * Makes a router over a list of doors. A path is looked up segment by segment, so its cost follows from the path's length
 * and not from the number of doors. HEAD finds the GET door. An encoded slash stays inside its segment.
 * @throws Error when two doors would answer the same request
 */
export function makeRouter(doors: readonly FrontDoor[]): Router {
  const root = aNode();
  for (const door of doors) add(root, door);
  const lookUp = (method: string, target: string): Found | null => {
    if (!target.startsWith('/')) return null;
    const query = target.indexOf('?');
    const segments = (query === -1 ? target : target.slice(0, query)).slice(1).split('/');
    const values: string[] = [];
    const ending = find(root, method === 'HEAD' ? 'GET' : method, segments, 0, values);
    const params = ending && decoded(ending.names, values);
    return ending && params && { door: ending.door, params };
  };
  return { find: lookUp, methodsAt: (target) => METHODS.filter((method) => lookUp(method, target) !== null) };
}
