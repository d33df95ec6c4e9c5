import type { Server } from 'node:http';

const GRACE_MS = 1_500;

/** Closes a server: no new requests, a moment for those under way, then the streams that would never end are cut. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), GRACE_MS).unref();
  });
}
