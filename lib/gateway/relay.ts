import type { Readable } from 'node:stream';
import type { StreamMeter } from './wire/endpoint';
import { EventCutter, type SseEvent } from './wire/events';

/** How long an answer is read on whose client has gone: for the usage that stands at its end. */
const DRAIN_MS = 30_000;
/** No event of any provider is as long; what is, is no stream of events. In characters. */
const EVENT_AT_MOST = 16_777_216;

/** What a stream's course depends on beside its two ends. */
export type Course = {
  /** Is awaited before the client's stream ends: the call is on the books first. One that is cut is there already. */
  ended(isCut: boolean): Promise<void>;
  /** Takes the provider's key out of an event, should it be in it. */
  hide(text: string): string;
  /** Begins to look for what cuts the stream short. @returns ends the looking */
  watch(cut: (last: string) => void): () => void;
};

/**
 * Passes a stream of events on as it comes, event by event, and reads its usage on the way. The client's pace is kept; when the
 * client leaves, the rest is read without it, for a while. When it is cut short, the client gets a last event at once, and the
 * provider is read no further.
 */
export function relay(upstream: Readable, meter: StreamMeter, { ended, hide, watch }: Course): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const cutter = new EventCutter();
  let hasClient = true;
  let isCut = false;
  let resume: (() => void) | null = null;
  let drain: NodeJS.Timeout | undefined;

  const hidden = ({ raw, data }: SseEvent): SseEvent => ({ raw: hide(raw), data: data === null ? null : hide(data) });
  const pour = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    const show = (text: string | null) => {
      if (text !== null && hasClient) controller.enqueue(encoder.encode(text));
    };
    for await (const chunk of upstream as AsyncIterable<Buffer>) {
      for (const event of cutter.take(chunk)) show(meter.take(hidden(event)));
      if (cutter.waiting > EVENT_AT_MOST) throw new Error('the provider sent an event without an end');
      if (hasClient && (controller.desiredSize ?? 0) <= 0)
        await new Promise<void>((resolve) => {
          resume = resolve;
        });
    }
    const rest = cutter.rest();
    if (rest) show(meter.take(hidden(rest)));
  };

  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const unwatch = watch((last) => {
          if (hasClient) {
            controller.enqueue(encoder.encode(last));
            controller.close();
          }
          hasClient = false;
          isCut = true;
          upstream.destroy();
          resume?.();
        });
        const whole = pour(controller).then(
          () => null,
          (error: Error) => error,
        );
        void whole.then(async (error) => {
          unwatch();
          clearTimeout(drain);
          upstream.destroy();
          await ended(isCut);
          if (!hasClient) return;
          if (error) controller.error(error);
          else controller.close();
        });
      },
      pull() {
        resume?.();
        resume = null;
      },
      cancel() {
        hasClient = false;
        drain = setTimeout(() => upstream.destroy(), DRAIN_MS);
        resume?.();
      },
    },
    { highWaterMark: 1 },
  );
}
