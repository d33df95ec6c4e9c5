import type { StreamMeter } from './endpoint';

/** Of an address whose answers come whole. One that streams all the same is passed on, and charged as the worst it can be. */
export const neverStreams = (): StreamMeter => ({
  take: ({ raw }) => raw,
  reading: () => ({ units: null, model: null, responseId: null }),
  isWhole: () => false,
  textBytes: () => 0,
});
