import { mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { socketPath } from '@/server/socket';
import { fingerprint } from './build';
import { lockFolder } from './lock';
import { runTool } from './run-tool';
import { keptSecret } from './secrets';

const root = mkdtempSync(path.join(tmpdir(), 'hardstop-start-'));
afterAll(() => rmSync(root, { recursive: true }));
let made = 0;
const aFolder = (): string => {
  const folder = path.join(root, String(++made));
  mkdirSync(folder);
  return folder;
};

describe('a kept secret', () => {
  it('is made once, of 32 bytes, and readable by us alone', () => {
    const folder = path.join(aFolder(), 'not/there/yet');
    const secret = keptSecret(folder, 'auth-secret');
    expect(Buffer.from(secret, 'base64')).toHaveLength(32);
    expect(keptSecret(folder, 'auth-secret')).toBe(secret);
    expect(keptSecret(folder, 'another')).not.toBe(secret);
    expect(statSync(path.join(folder, 'auth-secret')).mode & 0o777).toBe(0o600);
  });
});

describe('the lock on a data folder', () => {
  it('lets one in, says so to the second, and is free when the first is gone', async () => {
    const folder = aFolder();
    const held = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toThrow('already runs');
    await new Promise((resolve) => held.close(resolve));
    (await lockFolder(folder)).close();
  });

  it('is not held by a socket that nobody listens on any more', async () => {
    const folder = aFolder();
    writeFileSync(socketPath(folder, 'start'), '');
    (await lockFolder(folder)).close();
  });

  it('works in a folder whose path is too long for a socket', async () => {
    const folder = path.join(aFolder(), 'a-long-name'.repeat(12));
    mkdirSync(folder);
    const held = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toThrow('already runs');
    held.close();
    rmSync(path.dirname(socketPath(folder, 'start')), { recursive: true, force: true });
  });
});

describe('what the pages are built from', () => {
  const project = (): string => {
    const folder = aFolder();
    mkdirSync(path.join(folder, 'app'));
    writeFileSync(path.join(folder, 'app/page.tsx'), 'one');
    writeFileSync(path.join(folder, 'app/page.test.tsx'), 'test');
    return folder;
  };

  it('is the same when a file is only touched, or a test is changed', () => {
    const folder = project();
    const before = fingerprint(folder);
    utimesSync(path.join(folder, 'app/page.tsx'), 0, 0);
    writeFileSync(path.join(folder, 'app/page.test.tsx'), 'another test');
    expect(fingerprint(folder)).toBe(before);
  });

  it('is another when a file is changed, renamed or added', () => {
    const prints = [
      () => undefined,
      ...['page.tsx', 'new.tsx'].map((name) => (folder: string) => writeFileSync(path.join(folder, 'app', name), 'two')),
    ].map((change) => {
      const folder = project();
      change(folder);
      return fingerprint(folder);
    });
    expect(new Set(prints).size).toBe(3);
  });
});

it('shows what a tool said when it fails', async () => {
  await expect(runTool(['-e', 'console.log("half"); console.error("why"); process.exit(3)'])).rejects.toThrow(/failed \(3\):\nhalf\nwhy/);
  await runTool(['-e', '']);
});
