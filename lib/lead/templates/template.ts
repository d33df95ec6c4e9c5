/** A template that is sent once a week and kept for everybody: what it is for, and a body in Markdown with blanks. */
export type Template = {
  slug: string;
  /** From 1, in the order in which they are sent. */
  number: number;
  group: 'rollout' | 'governance' | 'procurement' | 'operations';
  title: string;
  /** When to use it, in one sentence. */
  when: string;
  body: string;
};
