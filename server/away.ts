import type { IncomingMessage, ServerResponse } from 'node:http';

const RETRY_AFTER_SECONDS = 2;

const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Hardstop · one moment</title><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="${RETRY_AFTER_SECONDS}">
<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:20vh auto;padding:0 1rem}</style></head>
<body><h1>The pages are starting</h1><p>Usage, authorisations and stops are answered all the while. This page asks again by itself.</p></body></html>
`;

function problem(status: number, code: string, title: string, detail: string): string {
  return JSON.stringify({ type: 'about:blank', title, status, code, detail, errors: [] });
}

function answer(response: ServerResponse, status: number, type: string, text: string, more: Record<string, string> = {}): void {
  if (response.headersSent) {
    // Too late for another answer: cutting the connection is the only way to say that this one is not whole.
    response.destroy();
    return;
  }
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text), 'cache-control': 'no-store', ...more });
  response.end(text);
}

/** Says that the process behind the pages is away: a page that asks again to a browser, a problem to a program. */
export function answerAway(request: IncomingMessage, response: ServerResponse): void {
  const again = { 'retry-after': String(RETRY_AFTER_SECONDS) };
  const detail = 'The process that answers this is starting or has failed: ask again in two seconds.';
  if (request.headers.accept?.includes('text/html')) answer(response, 503, 'text/html; charset=utf-8', PAGE, again);
  else answer(response, 503, 'application/problem+json', problem(503, 'web.away', 'Service Unavailable', detail), again);
}

/** Says that a request cannot be understood at all. */
export function answerMisaddressed(response: ServerResponse): void {
  const detail = 'The Host header is missing or names no host.';
  answer(response, 400, 'application/problem+json', problem(400, 'request.host', 'Bad Request', detail));
}

/** Says that a door failed in a way it should not: a bug, already logged. */
export function answerBroken(response: ServerResponse): void {
  const detail = 'Something is broken on our side; it was logged. Asking again may help.';
  answer(response, 500, 'application/problem+json', problem(500, 'internal', 'Internal Server Error', detail));
}
