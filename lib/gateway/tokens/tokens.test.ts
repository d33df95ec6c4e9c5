import { countTokens as countCl100k } from 'gpt-tokenizer/encoding/cl100k_base';
import { countTokens as countO200k } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, it } from 'vitest';
import type { Bounded } from '../wire/endpoint';
import { openAiChat } from '../wire/openai-chat';
import { openAiEmbeddings } from '../wire/openai-embeddings';
import { openAiResponses } from '../wire/openai-responses';
import { tokensOf } from './count';
import { type Encoding, encodingOf } from './encoding';
import { inputBy } from './input';

const OPENAI = { slug: 'openai', wire: 'openai' as const, baseUrl: 'https://api.openai.com/v1', apiKey: null };
const ENGLISH = 'The quick brown fox jumps over the lazy dog, and then it rests a while beside the river. '.repeat(200);
const asText = { disallowedSpecial: new Set<string>() };

/** Letters that nobody could guess, the same each time. */
const letters = (many: number, from: string): string => {
  let seed = 7;
  return Array.from({ length: many }, () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return [...from][seed % [...from].length];
  }).join('');
};

const TEXTS: Record<string, string> = {
  nothing: '',
  English: ENGLISH,
  German: 'Größere Übungen für Ärzte, süße Grüße, außergewöhnlich übermäßig. '.repeat(40),
  Chinese: '你好世界，今天天气怎么样？我想知道更多。'.repeat(40),
  Japanese: '吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。'.repeat(20),
  Arabic: 'مرحبا بالعالم، كيف حالك اليوم؟ '.repeat(40),
  Hindi: 'नमस्ते दुनिया, आप कैसे हैं? '.repeat(40),
  'Thai without spaces': 'สวัสดีชาวโลก'.repeat(60),
  Russian: 'Привет, мир! Как дела сегодня? '.repeat(40),
  emoji: '👋🏽🎉🇩🇪👨‍👩‍👧‍👦 '.repeat(40),
  'emoji in one run': '👋🏽🎉🇩🇪'.repeat(60),
  'control characters': `a\u0000b\u0001\u001b[31m\r\n\t\v\f\u007f\u200b\u2028`.repeat(40),
  'marks on marks': `e${'\u0301'.repeat(200)} `.repeat(5),
  'a byte-order mark and a next line': `\ufeffHello\u0085there `.repeat(40),
  'half a letter': `Hello \ud83d there \udc4b`.repeat(20),
  'special tokens': '<|endoftext|><|im_start|>system<|im_sep|>Hi<|im_end|><|fim_prefix|><|endofprompt|>'.repeat(30),
  'one letter, many times': 'a'.repeat(3_000),
  capitals: 'A'.repeat(3_000),
  spaces: `${' '.repeat(3_000)}x`,
  'empty lines': '\n'.repeat(3_000),
  digits: '1234567890'.repeat(300),
  code: 'export const f = (a: number): string => "#" + a;\n    if (x !== null) return;\n\n\n'.repeat(60),
  JSON: JSON.stringify({ a: [1, 2, { b: 'c"d' }], e: null }).repeat(60),
  base64: Buffer.from(letters(2_000, '\u0000\u0010abcXYZ+/=ß')).toString('base64'),
  'letters at random': letters(4_000, 'abcdefghijklmnopqrstuvwxyzABCDEFGH 0123456789\n\t.,;:!?/\\|<>'),
};

/** What the tokenizer makes of it as a whole. It cannot read half a letter, of which it makes a sign of three bytes. */
const whole = (text: string, encoding: Encoding): number =>
  (encoding === 'o200k_base' ? countO200k : countCl100k)(text.toWellFormed(), asText);

describe('what a text can be in tokens at most', () => {
  it.each(Object.entries(TEXTS).flatMap(([name, text]) => (['o200k_base', 'cl100k_base'] as const).map((by) => [name, by, text] as const)))(
    '%s, by %s, is never below what it is',
    async (_, by, text) => {
      const most = await tokensOf([text], by);
      expect(most).toBeGreaterThanOrEqual(whole(text, by));
      expect(most).toBeLessThanOrEqual(Buffer.byteLength(text));
    },
  );

  it('is what it is, where it is an ordinary text, however long', async () => {
    for (const name of ['English', 'German', 'Chinese', 'Japanese', 'Arabic', 'Russian', 'code', 'JSON', 'special tokens'])
      for (const by of ['o200k_base', 'cl100k_base'] as const)
        expect(await tokensOf([TEXTS[name] ?? ''], by), name).toBe(whole(TEXTS[name] ?? '', by));
    const long = ENGLISH.repeat(12);
    expect(await tokensOf([long, long], 'o200k_base')).toBe(2 * whole(long, 'o200k_base'));
  });

  it('is its bytes where the provider might part it otherwise', async () => {
    for (const name of ['a byte-order mark and a next line', 'half a letter'])
      expect(await tokensOf([TEXTS[name] ?? ''], 'o200k_base'), name).toBe(Buffer.byteLength(TEXTS[name] ?? ''));
  });

  it('is a token each byte behind what is counted of a request', async () => {
    const half = ENGLISH.repeat(Math.ceil(262_144 / ENGLISH.length) + 1);
    const most = await tokensOf([half, half, half], 'o200k_base');
    expect(most).toBeGreaterThan(Buffer.byteLength(half));
    expect(most).toBeLessThan(2 * Buffer.byteLength(half));
  });

  it.each([
    ['one letter', 'a'.repeat(400_000)],
    ['capitals', 'A'.repeat(400_000)],
    ['spaces', `${' '.repeat(400_000)}x`],
    ['flags in one run', '🇩🇪'.repeat(50_000)],
    ['Thai in one run', 'สวัสดีชาวโลก'.repeat(11_000)],
    ['letters at random, in runs just short enough', `${letters(255, 'etaoinshrdlu')} `.repeat(1_600)],
    ['all that a request may have', `${letters(255, 'etaoinshrdlu')} `.repeat(40_000)],
  ])('%s takes no time that anyone would notice', async (_, text) => {
    await tokensOf(['warm'], 'o200k_base');
    const begun = performance.now();
    await tokensOf([text], 'o200k_base');
    expect(performance.now() - begun).toBeLessThan(3_000);
  });

  it('is counted in slices, between which others have their turn', async () => {
    let turns = 0;
    let isOver = false;
    const turn = () => {
      turns++;
      if (!isOver) setImmediate(turn);
    };
    setImmediate(turn);
    await tokensOf([ENGLISH.repeat(10)], 'o200k_base');
    isOver = true;
    expect(turns).toBeGreaterThanOrEqual(Math.floor((ENGLISH.length * 10) / 16_384));
  });
});

describe('the bound of a call', () => {
  const bounded = (endpoint: typeof openAiChat, body: Record<string, unknown>): Bounded => {
    const bound = endpoint.bound(body);
    if (bound.kind !== 'bounded') throw new Error(bound.detail);
    return bound;
  };
  const chat = (content: unknown, model = 'gpt-4o', rest = {}) =>
    bounded(openAiChat, { model, messages: [{ role: 'user', content }], ...rest });
  const most = async (bound: Bounded, provider = OPENAI) => (await inputBy(bound, provider))('openai', bound.model);

  it.each([
    ['a chat', chat(ENGLISH)],
    ['parts of a chat', chat([{ type: 'text', text: ENGLISH }])],
    ['a chat of an older model', chat(ENGLISH, 'gpt-4-turbo')],
    ['a response', bounded(openAiResponses, { model: 'gpt-5', instructions: ENGLISH, input: ENGLISH })],
    [
      'a response of messages',
      bounded(openAiResponses, { model: 'o3', input: [{ role: 'user', content: [{ type: 'input_text', text: ENGLISH }] }] }),
    ],
    ['an embedding', bounded(openAiEmbeddings, { model: 'text-embedding-3-small', input: [ENGLISH, ENGLISH] })],
  ])('of %s in English is less than half of its bytes, and above its tokens', async (_, bound) => {
    const input = await most(bound);
    expect(input).toBeLessThan(bound.maxUnits.input / 2);
    expect(input).toBeGreaterThan(1_000 + bound.texts.length * whole(ENGLISH, 'o200k_base'));
  });

  it('stays its bytes where nobody knows the tokenizer', async () => {
    for (const model of ['gpt-6', 'gpt-50', 'gpt-4o2', 'claude-sonnet-4', 'GPT-4O', 'gpt-oss-120b', 'my-gpt-4o'])
      expect(await most(chat(ENGLISH, model)), model).toBe(chat(ENGLISH, model).maxUnits.input);
    for (const baseUrl of [
      'https://models.example.com/v1',
      'https://api.openai.com.example.com/v1',
      'https://example.com/api.openai.com',
      'none',
    ])
      expect(await most(chat(ENGLISH), { ...OPENAI, baseUrl }), baseUrl).toBe(chat(ENGLISH).maxUnits.input);
  });

  it('of what the provider writes in a form of its own stays its bytes: tools, their calls and answers, schemas', async () => {
    const tool = { type: 'function', function: { name: 'f', description: ENGLISH, parameters: { type: 'object' } } };
    for (const bound of [
      chat('Hi', 'gpt-4o', { tools: [tool] }),
      chat('Hi', 'gpt-4o', { response_format: { type: 'json_schema', json_schema: { name: 'a', schema: { description: ENGLISH } } } }),
      bounded(openAiChat, { model: 'gpt-4o', messages: [{ role: 'tool', tool_call_id: 'x', content: ENGLISH }] }),
      bounded(openAiChat, {
        model: 'gpt-4o',
        messages: [
          { role: 'assistant', content: null, tool_calls: [{ id: 'x', type: 'function', function: { name: 'f', arguments: ENGLISH } }] },
        ],
      }),
      bounded(openAiResponses, { model: 'gpt-4o', input: [{ type: 'function_call_output', call_id: 'x', output: ENGLISH }] }),
    ])
      expect(await most(bound)).toBe(bound.maxUnits.input);
  });

  it('is another where another model reads the same text', async () => {
    const bound = chat(TEXTS.Chinese);
    const inputFor = await inputBy(bound, OPENAI);
    expect(inputFor('openai', 'gpt-4o-mini')).toBe(inputFor('openai', 'gpt-4o'));
    expect(inputFor('openai', 'gpt-4o')).toBeLessThan(bound.maxUnits.input);
    for (const [slug, model] of [
      ['openai', 'gpt-4-turbo'],
      ['openai', 'gpt-6'],
      ['vllm', 'gpt-4o'],
    ] as const)
      expect(inputFor(slug, model)).toBe(bound.maxUnits.input);
  });

  it('knows the tokenizer by the whole name', () => {
    expect(encodingOf(OPENAI, 'gpt-4o-2024-08-06')).toBe('o200k_base');
    expect(encodingOf(OPENAI, 'ft:gpt-4o-mini:acme::1')).toBe('o200k_base');
    expect(encodingOf(OPENAI, 'gpt-5.1')).toBe('o200k_base');
    expect(encodingOf(OPENAI, 'gpt-4-0613')).toBe('cl100k_base');
    expect(encodingOf({ ...OPENAI, baseUrl: 'https://eu.api.openai.com/v1' }, 'gpt-4.1')).toBe('o200k_base');
    expect(encodingOf({ wire: 'anthropic', baseUrl: OPENAI.baseUrl }, 'gpt-4o')).toBeNull();
  });
});
