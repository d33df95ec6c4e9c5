import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { planted } from '../P13/house';
import { faults } from './faults';
import { endingOf } from './run';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const STORY = ['e2e/story.spec.ts', ...readdirSync(path.join(ROOT, 'e2e/story')).map((name) => `e2e/story/${name}`)].map(read).join('\n');

describe('the list of what the story cannot be told without is true', () => {
  it.each(faults.map((fault) => [`${fault.test} without ${fault.at}`, fault] as const))('%s', (_, fault) => {
    expect(planted(read(fault.at), fault)).not.toBe(read(fault.at));
    expect(STORY).toContain(`step('${fault.test}', `);
  });

  it('holds every step that the story promises', () => {
    const steps = ['pricing', 'rollup', 'action', 'stop', 'notice', 'climb', 'acknowledge', 'verdict', 'resume gate'];
    expect(faults.map((fault) => fault.test)).toEqual(expect.arrayContaining(steps));
  });
});

describe('the ending of a story', () => {
  const told = (steps: object[], status = 'unexpected') =>
    endingOf({ suites: [{ specs: [{ title: 'the story', tests: [{ status, results: [{ steps: steps as never }] }] }] }] });

  it('is the first step that failed', () => {
    const error = { message: 'no' };
    expect(told([{ title: 'invite' }, { title: 'stop', error }])).toEqual({ passed: false, failedAt: 'stop', why: 'no' });
    expect(told([{ title: 'invite' }], 'expected')).toMatchObject({ passed: true, failedAt: null });
    expect(endingOf({ suites: [] })).toMatchObject({ passed: false, failedAt: null });
  });
});
