import { rmSync } from 'node:fs';
import net from 'node:net';
import { socketPath } from '@/server/socket';
import { StartFault } from './log';

const answers = (place: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = net.connect(place);
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

/**
 * Makes this process the only one that runs on a data folder: two would stop each other's database. The lock is a socket
 * that the holder listens on, so it ends with its holder, however that ends.
 * @throws StartFault when another start holds it
 */
export async function lockFolder(folder: string): Promise<net.Server> {
  const place = socketPath(folder, 'start');
  if (await answers(place))
    throw new StartFault(`Hardstop already runs on ${folder}: stop it first, or give this one a folder of its own with HARDSTOP_DATA_DIR.`);
  rmSync(place, { force: true });
  const server = net.createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(place, resolve));
  return server.unref();
}
