import http from 'node:http';

/** Where to, as whom. */
export type Target = { agent: http.Agent; port: number; path: string; secret: string };

/** Posts JSON over a kept connection, as a program would. @throws Error for any answer but 200 */
export function postJson({ agent, port, path, secret }: Target, body: unknown): Promise<Record<string, string>> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' };
    const request = http.request({ agent, port, host: '127.0.0.1', path, method: 'POST', headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk;
      });
      response.on('end', () =>
        response.statusCode === 200 ? resolve(JSON.parse(text)) : reject(new Error(`${response.statusCode} ${text}`)),
      );
    });
    request.on('error', reject);
    request.end(JSON.stringify(body));
  });
}
