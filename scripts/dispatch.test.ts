import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { dispatch, programsIn } from './dispatch';

const root = mkdtempSync(path.join(tmpdir(), 'hardstop-dispatch-'));
afterAll(() => rmSync(root, { recursive: true }));
for (const file of ['P1.ts', 'P1.test.ts', 'kill-loop.ts', 'ingest/ingest.ts', 'ingest/rows.ts', 'notes.md']) {
  mkdirSync(path.dirname(path.join(root, 'prove', file)), { recursive: true });
  writeFileSync(path.join(root, 'prove', file), '');
}

it('finds programs by their one-word names, alone or in a folder of that name', () => {
  expect([...programsIn('prove', root).keys()].sort()).toEqual(['P1', 'ingest']);
});

it('answers a wrong name with those that there are', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  await dispatch('bench', 'npm run bench', 'nothing');
  expect(said.mock.calls.join()).toContain('There is no "nothing". npm run bench -- <name>');
  expect(process.exitCode).toBe(1);
  process.exitCode = 0;
  said.mockRestore();
});
