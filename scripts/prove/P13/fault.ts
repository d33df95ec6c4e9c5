/** A fault that is planted in a copy of the house, and the test that must then fail. */
export type PlantedFault = {
  /** The test's name, or how it begins. */
  test: string;
  /** The file that the test stands in: `*.test.ts`, or a spec in `e2e/`. */
  in: string;
  /** The file that the fault is planted in. */
  at: string;
  /** The text that is taken out; it stands exactly once in that file. */
  from: string;
  to: string;
};
