import http from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import pg from 'pg';
import type { SentRecord } from './records';
import { writeOnce } from './straight';

/**
 * What a careful engineer's own endpoint is: it reads the body, unpacks it, parses it, and writes it by the one statement of
 * `straight`. It asks nobody for a key, checks no field and knows no price. A process of its own, as ours is; it tells its port to whoever forked it.
 */
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 4 });
const unpack = promisify(gunzip);

async function bodyOf(request: http.IncomingMessage): Promise<{ records: SentRecord[] }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const sent = Buffer.concat(chunks);
  return JSON.parse((request.headers['content-encoding'] === 'gzip' ? await unpack(sent) : sent).toString());
}

const server = http.createServer((request, response) => {
  void (async () => {
    const { records } = await bodyOf(request);
    await writeOnce(pool, records);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ accepted: records.length }));
  })().catch((error: Error) => {
    response.statusCode = 500;
    response.end(error.message);
  });
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as { port: number }).port }));
process.once('SIGTERM', () => process.exit(0));
