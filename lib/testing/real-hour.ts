import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Instant, instant, parseInstant } from '@/lib/kernel/instant';

/** One hour of a production chat service (AzureLLMInferenceTrace 2023, CC-BY 4.0): it lies beside the project, never in it. */
const FILE = path.resolve(import.meta.dirname, '../../../shared/data/azure-llm-2023-conversation.csv');

/** Whether the recording is there; a test that needs it says so and is left out where it is not. */
export const hasRealHour = existsSync(FILE);

/** A call of the recording, its time shifted: row number, tokens in and out. */
export type RecordedCall = { row: number; at: Instant; input: number; output: number };

/** The 19,366 calls in the order of the file, shifted by one constant so that the last of them is at `end`; times cut to microseconds. */
export function realHour(end: Instant): RecordedCall[] {
  const lines = readFileSync(FILE, 'utf8').trim().split('\n').slice(1);
  const calls = lines.map((line, row) => {
    const [time = '', input = '', output = ''] = line.split(',');
    const at = parseInstant(`${time.slice(0, 26)}Z`);
    if (at === null) throw new Error(`row ${row} has no time: ${line}`);
    return { row, at, input: Number(input), output: Number(output) };
  });
  const last = calls.reduce((latest, call) => Math.max(latest, call.at), 0);
  return calls.map((call) => ({ ...call, at: instant(call.at + (end - last)) }));
}
