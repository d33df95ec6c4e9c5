import { describe, expect, it } from 'vitest';
import { keysLine, logLine, membersLine, modelsOf, nanoOfDollars, organisationLine, pricesLine, tagsOf } from './words';

describe('the first lines of Settings', () => {
  const lines = [
    ...[membersLine(1, 1, 0), membersLine(12, 3, 1), keysLine(0, 0), keysLine(1, 1), keysLine(1, 0), keysLine(5, 2), keysLine(3, 0)],
    ...[
      pricesLine(0, 'genai-prices@0.1.8'),
      pricesLine(1, 'genai-prices@0.1.8'),
      logLine(null, true),
      logLine({ by: 'Ada', what: 'Budget thresholds set', age: '5 min ago' }, false),
    ],
    organisationLine('America/Argentina/Buenos_Aires', 'USD'),
  ];
  it.each(lines)('has at most sixteen words: %s', (line) => expect(line.split(/\s+/).length).toBeLessThanOrEqual(16));
  it.each(lines)('is a sentence: %s', (line) => expect(line).toMatch(/^[A-Z\d].*\.$/));

  it('says when one admin is all there is', () => {
    expect(membersLine(2, 1, 0)).toBe('2 members, only one admin: nobody can stand in.');
    expect(membersLine(3, 2, 1)).toBe('3 members, 2 of them admins; 1 invitation open.');
  });

  it('says how many keys were ever used', () => {
    expect(keysLine(5, 2)).toBe('5 keys are live; 3 of them ever used.');
    expect(keysLine(2, 2)).toBe('2 keys are live; none of them ever used.');
  });
});

describe('what people type', () => {
  it('becomes whole nano-dollars, exactly', () => {
    expect(nanoOfDollars('0.15')).toBe('150000000');
    expect(nanoOfDollars('12')).toBe('12000000000');
    expect(nanoOfDollars('0.000000001')).toBe('1');
    for (const wrong of ['', '.5', '-1', '1e3', '0.0000000001']) expect(nanoOfDollars(wrong)).toBeNull();
  });

  it('becomes tags where every part has a name and a value', () => {
    expect(tagsOf('env=prod, team = search')).toEqual({ env: 'prod', team: 'search' });
    expect(tagsOf('')).toEqual({});
    expect(tagsOf('env')).toBeNull();
    expect(modelsOf('openai/gpt-4o, router / meta/llama')).toEqual([
      { provider: 'openai', model: 'gpt-4o' },
      { provider: 'router', model: 'meta/llama' },
    ]);
    expect(modelsOf('')).toEqual([]);
    for (const text of ['gpt-4o', '/gpt-4o', 'openai/']) expect(modelsOf(text)).toBeNull();
  });
});
