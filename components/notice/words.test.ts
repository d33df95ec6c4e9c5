import { expect, it } from 'vitest';
import { channelsLine } from './words';

it.each([
  [0, 0, 0, 'No channel leads outside: people are told in the app alone.'],
  [1, 0, 0, 'One channel takes notices, and everything sent has arrived.'],
  [12, 0, 0, '12 channels take notices, and everything sent has arrived.'],
  [3, 1, 0, 'One channel is switched off: nobody is told by it.'],
  [3, 2, 0, 'Two channels are switched off: nobody is told by them.'],
  [3, 1, 2, 'Two notices reached nobody. Mend the channel, then send them again.'],
])('with %i live, %i off and %i notices given up it says so', (live, disabled, dead, line) => {
  expect(channelsLine(live, disabled, dead)).toBe(line);
  expect(line.split(' ').length).toBeLessThanOrEqual(16);
});
