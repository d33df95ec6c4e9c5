import http from 'node:http';
import { gzipSync } from 'node:zlib';
import { withBenchDatabase } from './support/database';
import { startBareEndpoint, startFront } from './support/front';
import { benchOrg } from './support/org';
import { makeRecords, type SentRecord } from './support/records';
import { progress, type Row, report } from './support/report';
import { straight } from './support/straight';

const RECORDS = Number(process.argv[3] ?? 100_000);
/** Each endpoint is given the number of connections that suits it best. */
const CONNECTIONS = [2, 4];
/** Records a request. */
const SIZES = [1_000, 5_000];

type Sender = { port: number; secret: string; gzip: boolean };

/** Sends bodies made beforehand over kept connections. @returns seconds · @throws Error for any answer that is not "all accepted" */
async function send(
  { port, secret, gzip }: Sender,
  connections: number,
  bodies: { bytes: Uint8Array; records: number }[],
): Promise<number> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const headers = {
    authorization: `Bearer ${secret}`,
    'content-type': 'application/json',
    ...(gzip ? { 'content-encoding': 'gzip' } : {}),
  };
  const post = (bytes: Uint8Array): Promise<{ accepted: number }> =>
    new Promise((resolve, reject) => {
      const options = { agent, port, host: '127.0.0.1', path: '/api/v1/usage', method: 'POST' };
      const request = http.request({ ...options, headers: { ...headers, 'content-length': bytes.length } }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          if (response.statusCode === 200) resolve(JSON.parse(text));
          else reject(new Error(`${response.statusCode} ${text}`));
        });
      });
      request.on('error', reject);
      request.end(bytes);
    });
  let next = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (let body = bodies[next++]; body; body = bodies[next++]) {
        const { accepted } = await post(body.bytes);
        if (accepted !== body.records) throw new Error(`${accepted} of ${body.records} were accepted`);
      }
    }),
  );
  agent.destroy();
  return (performance.now() - began) / 1_000;
}

const batchesOf = (size: number): SentRecord[][] =>
  Array.from({ length: Math.max(2, Math.floor(RECORDS / size)) }, () => makeRecords(size));

function bodiesOf(batches: SentRecord[][], gzip: boolean) {
  return batches.map((records) => {
    const bytes = Buffer.from(JSON.stringify({ records }));
    return { bytes: gzip ? gzipSync(bytes, { level: 1 }) : bytes, records: records.length };
  });
}

/** Records a second that an endpoint takes, with the best number of connections. */
async function best(sender: Sender, size: number): Promise<number> {
  let most = 0;
  for (const connections of CONNECTIONS) {
    const batches = batchesOf(size);
    const seconds = await send(sender, connections, bodiesOf(batches, sender.gzip));
    most = Math.max(most, (batches.length * size) / seconds);
  }
  return most;
}

/**
 * Usage through the public port, with prices, budgets, rollups, second sources and duplicates found, against an endpoint that writes the
 * same rows and an hourly rollup by one statement, and against that statement alone.
 */
await withBenchDatabase(async (url) => {
  const finish = await report('ingest', url);
  const rows: Row[] = [];
  const tell = progress(SIZES.length * 2);
  const front = await startFront(url);
  const bare = await startBareEndpoint(url);
  try {
    const { secret } = await benchOrg([
      { amount: '1000000' },
      { amount: '1000000', workload: 'support-bot' },
      { amount: '1000000', model: 'gpt-4o' },
    ]);
    const warm = bodiesOf(
      Array.from({ length: 10 }, () => makeRecords(1_000)),
      false,
    );
    await send({ port: front.port, secret, gzip: false }, 2, warm);
    for (const size of SIZES) {
      const base = await straight(url, batchesOf(size));
      await send({ port: bare.port, secret, gzip: false }, 2, warm);
      for (const gzip of [false, true]) {
        const theirs = await best({ port: bare.port, secret, gzip }, size);
        const ours = await best({ port: front.port, secret, gzip }, size);
        rows.push({
          'records a request': size,
          gzip: gzip ? 'on' : 'off',
          'HTTP records/s': Math.round(ours),
          'bare endpoint records/s': Math.round(theirs),
          'HTTP ÷ bare endpoint': ours / theirs,
          'unnest + rollup records/s': Math.round(base.unnest),
          'HTTP ÷ unnest': ours / base.unnest,
          'blindly records/s': Math.round(base.blind),
          'HTTP ÷ blindly': ours / base.blind,
          'COPY records/s': Math.round(base.copy),
          'HTTP ÷ COPY': ours / base.copy,
        });
        console.log(rows.at(-1));
        tell();
      }
    }
  } finally {
    await Promise.all([front.stop(), bare.stop()]);
  }
  finish(rows);
});
