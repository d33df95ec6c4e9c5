import type { UnitsReading } from '@/lib/kernel/units';
import { asObject, firstOf, UnitsBuilder } from './parts';

/** Attribute names by what they hold: the conventions' own first, then older and other spellings that are sent in practice. */
const SPELLINGS = {
  input: ['gen_ai.usage.input_tokens', 'gen_ai.usage.prompt_tokens', 'llm.usage.prompt_tokens'],
  output: ['gen_ai.usage.output_tokens', 'gen_ai.usage.completion_tokens', 'llm.usage.completion_tokens'],
  cacheRead: [
    'gen_ai.usage.cache_read.input_tokens',
    'gen_ai.usage.cache_read_input_tokens',
    'gen_ai.usage.cached_input_tokens',
    'gen_ai.usage.input_tokens.cached',
    'gen_ai.usage.details.cache_read_tokens',
  ],
  cacheWrite: [
    'gen_ai.usage.cache_creation.input_tokens',
    'gen_ai.usage.cache_creation_input_tokens',
    'gen_ai.usage.input_tokens.cache_write',
    'gen_ai.usage.details.cache_write_tokens',
  ],
  reasoning: [
    'gen_ai.usage.reasoning.output_tokens',
    'gen_ai.usage.reasoning_tokens',
    'gen_ai.usage.output_tokens.reasoning',
    'gen_ai.usage.details.reasoning_tokens',
  ],
} as const;

/**
 * The `gen_ai.usage.*` attributes of a span or an event, as plain values. By the GenAI semantic conventions the input count
 * includes tokens read from and written to a cache, and the output count includes reasoning: each is taken out, whoever the
 * provider. Written tokens carry no lifetime and are taken for five minutes' ones. Where a sender counts against the
 * conventions and its parts exceed the whole, the record is refused instead of guessed at.
 */
export function unitsOfOpenTelemetry(attributes: unknown): UnitsReading {
  const values = asObject(attributes);
  const read = (names: readonly string[]): { field: string; value: unknown } => {
    const name = names.find((each) => firstOf(values[each]) !== undefined) ?? (names[0] as string);
    return { field: `/${name}`, value: wholeNumber(values[name]) };
  };
  return new UnitsBuilder()
    .divide({ ...read(SPELLINGS.input), kind: 'input' }, [
      { ...read(SPELLINGS.cacheRead), kind: 'input_cache_read' },
      { ...read(SPELLINGS.cacheWrite), kind: 'input_cache_write_5m' },
    ])
    .divide({ ...read(SPELLINGS.output), kind: 'output' }, [{ ...read(SPELLINGS.reasoning), kind: 'output_reasoning' }])
    .done();
}

/** OTLP/JSON writes 64-bit integers as strings (protobuf's JSON mapping). */
const wholeNumber = (value: unknown): unknown => (typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : value);
