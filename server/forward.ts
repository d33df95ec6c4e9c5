import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import { answerAway } from './away';
import { endToEnd, type FlatHeaders, forwarded, type Scheme, trusted } from './headers';

// The other side never closes an idle connection (server/web.ts), so none is closed just as a request is sent on it.
// And on a kept connection it reads away a body it refused, instead of closing before its refusal was read.
const agent = new http.Agent({ keepAlive: true });

function headersFor(request: IncomingMessage, scheme: Scheme): FlatHeaders {
  const headers = trusted(endToEnd(request));
  for (const pair of forwarded(request, scheme)) headers.push(...pair);
  // The length of a body in chunks is not known before its end.
  if (request.headers['transfer-encoding'] !== undefined) headers.push('transfer-encoding', 'chunked');
  return headers;
}

/**
 * Hands a request to the process behind the unix socket and its answer back, both as streams: nothing is buffered, and
 * who goes away on one side is gone on the other. `Upgrade` is a header of one connection and does not travel.
 */
export function forward(request: IncomingMessage, response: ServerResponse, socketPath: string, scheme: Scheme): void {
  const { method, url: path } = request;
  const onward = http.request({ socketPath, agent, method, path, headers: headersFor(request, scheme), setHost: false });
  let answered = false;

  onward.once('response', (answer) => {
    answered = true;
    response.writeHead(answer.statusCode ?? 502, endToEnd(answer));
    response.flushHeaders();
    answer.pipe(response);
    answer.once('close', () => {
      if (!answer.complete) response.destroy();
    });
  });
  onward.once('error', () => {
    // An early answer (too large, may not) is whole although the rest of the body found nobody to read it.
    if (!answered && !response.destroyed) answerAway(request, response);
    request.unpipe(onward);
    request.resume();
  });
  response.once('close', () => onward.destroy());
  request.pipe(onward);
}
