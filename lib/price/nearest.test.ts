import { describe, expect, it } from 'vitest';
import { nearestModel, searchTexts } from './nearest';

const line = (model: string, unit = 'input', nanoUsdPerMillion = '50000000', above: number | null = null) => ({
  ...{ provider: 'openai', model, unit, nanoUsdPerMillion, above },
});

describe('a model that the catalogue does not know', () => {
  it('is looked for by the beginnings of its name and by its words', () => {
    expect(searchTexts('gpt-6-nano')).toEqual(['gpt-6', 'gpt', 'nano']);
    expect(searchTexts('7')).toEqual([]);
  });

  it('has the neighbour that shares the most of its name, with prices of the usual size of request', () => {
    const lines = [
      ...[line('gpt-4o'), line('gpt-5-nano'), line('gpt-5-nano', 'output', '400000000'), line('gpt-5-nano', 'output', '9', 200_000)],
      ...[line('gpt-4.1-nano'), line('o3')],
    ];
    expect(nearestModel('gpt-6-nano', lines)).toEqual({
      ...{ provider: 'openai', model: 'gpt-5-nano', prices: { input: '50000000', output: '400000000' } },
    });
  });

  it('has no neighbour where no name shares a word', () => {
    expect(nearestModel('reader-2-large', [line('o3')])).toBeNull();
  });
});
