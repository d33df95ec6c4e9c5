import { describe, expect, it } from 'vitest';
import { hashOf, PALETTE_SIZE, seriesStyle, seriesStyles } from './series-style';

describe('the look of a series', () => {
  it('hashes as FNV-1a does', () => {
    expect(hashOf('')).toBe(0x811c9dc5);
    expect(hashOf('a')).toBe(0xe40c292c);
    expect(hashOf('foobar')).toBe(0xbf9cf968);
  });

  it('keeps its colour whatever stands beside it', () => {
    const alone = seriesStyle('support-bot').colour;
    expect(seriesStyles(['doc-extract', 'voice-agent', 'support-bot'])[2]?.colour).toBe(alone);
  });

  it('spreads names over the whole palette', () => {
    const colours = new Set(Array.from({ length: 200 }, (_, index) => seriesStyle(`workload-${index}`).colour));
    expect(colours.size).toBe(PALETTE_SIZE);
  });

  it.each([
    ['gpt-4o', 'gpt-4o-mini', 'gpt-4.1', 'gpt-4.1-mini', 'claude-sonnet-4-5', 'claude-haiku-4-5'],
    ['gpt-5', 'gpt-5-mini'],
    ['gpt-4.1', 'gpt-4.1-mini', 'gpt-4.1-nano'],
    ['claude-sonnet-4-5', 'claude-haiku-4-5', 'claude-opus-4-5'],
    ['gemini-2.5-pro', 'gemini-2.5-flash'],
    ['openai', 'anthropic', 'google', 'azure', 'mistral'],
  ])('gives names that stand beside each other colours of their own: %s, %s', (...names) => {
    expect(new Set(names.map((name) => seriesStyle(name).colour)).size).toBe(names.length);
  });

  it('tells two series apart even where the hash gives them the same look', () => {
    const [first, second] = seriesStyles(['same', 'same']);
    expect(second?.colour).toBe(first?.colour);
    expect(second?.marker).not.toBe(first?.marker);
    expect(second?.pattern).not.toBe(first?.pattern);
  });

  it('never draws a series dotted: dots say that a bucket is not over', () => {
    for (let index = 0; index < 100; index++) {
      const { dash } = seriesStyle(`s${index}`);
      expect(dash === '0' || Number(dash.split(' ')[0]) >= 5).toBe(true);
    }
  });
});
