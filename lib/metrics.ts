import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

type Meters = { registry: Registry; requests: Counter; seconds: Histogram };

// Next bundles lib a second time: a second registry would count half of everything.
const held = globalThis as { hardstopMeters?: Meters };

function makeMeters(): Meters {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'hardstop_' });
  const labelNames = ['method', 'path'];
  return {
    registry,
    requests: new Counter({
      name: 'hardstop_http_requests_total',
      help: 'Requests answered, by door and status.',
      labelNames: [...labelNames, 'status'],
      registers: [registry],
    }),
    seconds: new Histogram({
      name: 'hardstop_http_request_seconds',
      help: 'How long a door took to answer, in seconds.',
      labelNames,
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers: [registry],
    }),
  };
}

function meters(): Meters {
  held.hardstopMeters ??= makeMeters();
  return held.hardstopMeters;
}

/** The process's registry: whoever has something to measure registers it here. */
export const registry = (): Registry => meters().registry;

/** Counts a request that was answered. @param path the door's own, with its braces: never what a caller wrote */
export function countRequest(method: string, path: string, status: number, ms: number): void {
  const { requests, seconds } = meters();
  requests.inc({ method, path, status });
  seconds.observe({ method, path }, ms / 1_000);
}
