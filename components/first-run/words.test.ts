import { describe, expect, it } from 'vitest';
import { firstCommand, firstLine, guardedLine, pricedBy, receivedLine, type Step } from './words';

const steps = (...done: string[]): Step[] =>
  ['call', 'priced', 'budget', 'enforce', 'pinned', 'second_admin'].map((key) => ({
    key,
    label: key,
    href: '/',
    done: done.includes(key),
  }));
const words = (text: string) => text.split(/\s+/).length;

describe('the first run', () => {
  it('says what is so and what is next, in at most sixteen words', () => {
    expect(firstLine(steps(), null)).toBe('Nothing has come in yet: send one call, or open the sample.');
    expect(firstLine(steps('call'), 'support-bot')).toBe('Your first call is in. Next, give support-bot a budget.');
    expect(firstLine(steps('call', 'priced', 'budget', 'pinned'), null)).toBe('Guarded: 4 of 6. Left: enforce, second_admin.');
    expect(firstLine(steps('call', 'priced', 'budget', 'enforce', 'pinned', 'second_admin'), null)).toBe(
      'Guarded: 6 of 6. Nothing left to set up.',
    );
    for (const line of [firstLine(steps(), null), firstLine(steps('call'), 'a'), guardedLine(steps())])
      expect(words(line)).toBeLessThanOrEqual(16);
  });

  it('says what came in as a person would', () => {
    const call = { workload: 'support-bot', provider: 'openai', model: 'gpt-4o-mini', receivedAt: '2026-11-24T10:15:00Z', priceRef: null };
    const units = { input: 809, output: 146, request: 1 };
    expect(receivedLine({ ...call, units, basis: 'priced', amountNanoUsd: '208950' })).toBe('gpt-4o-mini, 955 tokens, $0.00021.');
    expect(receivedLine({ ...call, units, basis: 'unpriced', amountNanoUsd: '0' })).toBe('gpt-4o-mini, 955 tokens, without a price yet.');
  });

  it('says what priced it', () => {
    expect(pricedBy({ basis: 'priced', priceRef: 'genai-prices@0.1.8' })).toBe('priced by the catalogue genai-prices@0.1.8');
    expect(pricedBy({ basis: 'priced', priceRef: 'prc_1' })).toBe('priced by a price of yours');
    expect(pricedBy({ basis: 'priced', priceRef: 'prc_1+genai-prices@0.1.8' })).toBe('priced by a price of yours');
    expect(pricedBy({ basis: 'unpriced', priceRef: null })).toBe('no price is known for this model.');
  });

  it('writes a command whose body is JSON', () => {
    const command = firstCommand('http://127.0.0.1:3000', 'hs_live_x', 'support-bot', '2026-11-24T10:15:00.5Z');
    const body: unknown = JSON.parse(command.slice(command.indexOf("-d '") + 4, -1));
    expect(body).toMatchObject({
      records: [{ eventId: 'first-261124101500', workload: 'support-bot', units: { input: 809, output: 146 } }],
    });
    expect(command).toContain('curl http://127.0.0.1:3000/api/v1/usage');
  });
});
