import { randomUUID } from 'node:crypto';
import http from 'node:http';
import type { Calls } from '../support/rate';

const CALL = {
  ...{ workload: 'support-bot', feature: 'summarise', provider: 'openai', model: 'gpt-4o' },
  maxUnits: { input: 1_000, output: 500 },
};
const USED = { input: 400, output: 100 };
const ask = () => ({ ...CALL, idempotencyKey: randomUUID() });

type Answers = { holdId?: string; items?: { holdId?: string; settledNanoUsd?: string }[] };

/** Calls through the public port, on connections that are kept. @param items so many calls in each request; 1 sends each by itself */
export function overHttp(port: number, secret: string, connections: number, items = 1): Calls & { end(): void } {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' };
  const post = (path: string, body: object): Promise<Answers> =>
    new Promise((resolve, reject) => {
      const bytes = Buffer.from(JSON.stringify(body));
      const options = { agent, port, host: '127.0.0.1', path, method: 'POST', headers: { ...headers, 'content-length': bytes.length } };
      const request = http.request(options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          if (response.statusCode === 200) resolve(JSON.parse(text));
          else reject(new Error(`${path}: ${response.statusCode} ${text}`));
        });
      });
      request.on('error', reject);
      request.end(bytes);
    });
  const single: Calls = {
    async authorize() {
      const { holdId } = await post('/api/v1/authorize', ask());
      if (holdId === undefined) throw new Error('a call was refused');
      return holdId;
    },
    settle: async (holdId) => void (await post('/api/v1/settle', { holdId, units: USED })),
  };
  const many: Calls = {
    async authorize() {
      const answers = await post('/api/v1/authorize', { items: Array.from({ length: items }, ask) });
      const holds = (answers.items ?? []).flatMap(({ holdId }) => holdId ?? []);
      if (holds.length < items) throw new Error('a call was refused');
      return holds.join(' ');
    },
    async settle(holds) {
      const answers = await post('/api/v1/settle', { items: holds.split(' ').map((holdId) => ({ holdId, units: USED })) });
      if (answers.items?.some((each) => each.settledNanoUsd === undefined)) throw new Error('a call was not settled');
    },
  };
  return { ...(items === 1 ? single : many), end: () => agent.destroy() };
}
