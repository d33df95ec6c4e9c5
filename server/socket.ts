import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

// The shortest limit of the systems we run on (macOS: 104 bytes with the ending zero).
const LONGEST = 100;

/**
 * Where two of our processes meet: in the data folder, or in a private one of the system's where that path is too long
 * for a socket. The same folder and name give the same place.
 */
export function socketPath(dataFolder: string, name: string): string {
  const folder = path.resolve(dataFolder);
  const near = path.join(folder, `${name}.sock`);
  const short = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  if (process.platform === 'win32') return `\\\\.\\pipe\\hardstop-${short}-${name}`;
  if (Buffer.byteLength(near) <= LONGEST) return near;
  const far = path.join(tmpdir(), `hardstop-${process.getuid?.() ?? 0}-${short}`);
  mkdirSync(far, { recursive: true, mode: 0o700 });
  return path.join(far, `${name}.sock`);
}
