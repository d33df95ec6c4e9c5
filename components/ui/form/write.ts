import type { FormProblem } from './form-fault';

/** A change that a form makes, as the page hands it in: how it stands, what came of it, and how to make it. */
export type Write<Input, Answer = unknown> = {
  isPending: boolean;
  error: FormProblem | null;
  data: Answer | undefined;
  mutate(input: Input, then?: { onSuccess?: (answer: Answer) => void }): void;
  reset(): void;
};
