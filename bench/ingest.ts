import http from 'node:http';
import { gzipSync } from 'node:zlib';
import { withBenchDatabase } from './support/database';
import { startFront } from './support/front';
import { benchOrg } from './support/org';
import { makeRecords, type SentRecord } from './support/records';
import { progress, type Row, report } from './support/report';
import { straight } from './support/straight';

const RECORDS = Number(process.argv[3] ?? 100_000);
const CONNECTIONS = 2;
/** Records a request. */
const SIZES = [1_000, 5_000];

type Sender = { port: number; secret: string; gzip: boolean };

/** Sends bodies made beforehand over kept connections. @returns seconds · @throws Error for any answer that is not "all accepted" */
async function send({ port, secret, gzip }: Sender, bodies: { bytes: Uint8Array; records: number }[]): Promise<number> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
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
    Array.from({ length: CONNECTIONS }, async () => {
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

/** Usage through the public port, with prices, budgets, rollups and duplicates found, against the same rows by hand in SQL. */
await withBenchDatabase(async (url) => {
  const finish = await report('ingest', url);
  const rows: Row[] = [];
  const tell = progress(SIZES.length * 2);
  const front = await startFront(url);
  try {
    const org = await benchOrg([
      { amount: '1000000' },
      { amount: '1000000', workload: 'support-bot' },
      { amount: '1000000', model: 'gpt-4o' },
    ]);
    await send(
      { port: front.port, secret: org.secret, gzip: false },
      bodiesOf(
        Array.from({ length: 10 }, () => makeRecords(1_000)),
        false,
      ),
    );
    for (const size of SIZES) {
      const base = await straight(url, batchesOf(size));
      for (const gzip of [false, true]) {
        const batches = batchesOf(size);
        const seconds = await send({ port: front.port, secret: org.secret, gzip }, bodiesOf(batches, gzip));
        const perSecond = (batches.length * size) / seconds;
        rows.push({
          'records a request': size,
          gzip: gzip ? 'on' : 'off',
          'HTTP records/s': Math.round(perSecond),
          'unnest + rollup records/s': Math.round(base.unnest),
          'HTTP ÷ unnest': perSecond / base.unnest,
          'blindly records/s': Math.round(base.blind),
          'HTTP ÷ blindly': perSecond / base.blind,
          'COPY records/s': Math.round(base.copy),
          'HTTP ÷ COPY': perSecond / base.copy,
        });
        console.log(rows.at(-1));
        tell();
      }
    }
  } finally {
    await front.stop();
  }
  finish(rows);
});
