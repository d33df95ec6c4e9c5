import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { faults } from './faults';
import { planted } from './house';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

describe('the list of planted faults is true', () => {
  it.each(faults.map((fault) => [`${fault.at} → ${fault.test}`, fault] as const))('%s', (_, fault) => {
    expect(planted(read(fault.at), fault)).not.toBe(read(fault.at));
    expect(read(fault.in)).toContain(fault.test.replaceAll("'", "\\'").slice(0, 40));
  });

  it('a fault whose text is gone, or stands there twice, is told', () => {
    const fault = { test: 'x', in: 'x', at: 'x.ts', from: 'one', to: 'two' };
    expect(() => planted('nothing', fault)).toThrow('0 times');
    expect(() => planted('one one', fault)).toThrow('2 times');
    expect(planted('one', fault)).toBe('two');
  });
});
