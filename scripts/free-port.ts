import net from 'node:net';

/**
 * Tries a port by listening on it for a moment.
 * @param wanted 0 takes any
 * @returns the port, or null when it is taken or may not be used
 */
export function freePort(wanted = 0, host = '127.0.0.1'): Promise<number | null> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(null));
    server.listen({ port: wanted, host, exclusive: true }, () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Any free port on loopback. */
export async function anyPort(): Promise<number> {
  const port = await freePort();
  if (port === null) throw new Error('No port is free on 127.0.0.1.');
  return port;
}
