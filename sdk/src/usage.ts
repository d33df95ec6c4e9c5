/** How much of each kind a call used: `{ input: 812, input_cache_read: 1024, output: 143 }`. Kinds never overlap. */
export type Units = Record<string, number>;

/** What an answer says of itself. */
export type Used = { units: Units; model?: string; responseId?: string };

export type Fields = Record<string, unknown>;
/** The fields of an object; of anything else none. */
export const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
const count = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;

/** Parts taken out of a total that includes them; undefined where they are more than the total, for then one of them is wrong. */
function divided(total: number, kind: string, parts: [kind: string, value: unknown][]): Units | undefined {
  const units: Units = {};
  let rest = total;
  for (const [name, value] of parts) {
    const part = count(value);
    if (part === undefined) continue;
    if (part > 0) units[name] = part;
    rest -= part;
  }
  return rest < 0 ? undefined : { [kind]: rest, ...units };
}

const joined = (a: Units | undefined, b: Units | undefined): Units | undefined => a && b && { ...a, ...b };

/** OpenAI's chat completions: prompt and completion counts include cached tokens (DeepSeek's "hits"), reasoning, sound and pictures. */
function chat(usage: Fields): Units | undefined {
  const [input, output] = [count(usage.prompt_tokens), count(usage.completion_tokens) ?? 0];
  if (input === undefined) return undefined;
  const [prompt, completion] = [fieldsOf(usage.prompt_tokens_details), fieldsOf(usage.completion_tokens_details)];
  return joined(
    divided(input, 'input', [
      ['input_cache_read', prompt.cached_tokens ?? usage.prompt_cache_hit_tokens],
      ['input_cache_write_5m', prompt.cache_write_tokens],
      ['input_audio', prompt.audio_tokens],
      ['input_image', prompt.image_tokens],
    ]),
    divided(output, 'output', [
      ['output_reasoning', completion.reasoning_tokens],
      ['output_audio', completion.audio_tokens],
      ['output_image', completion.image_tokens],
    ]),
  );
}

/** OpenAI's responses, which count as its chat does; searches are billed beside the tokens. */
function responses(usage: Fields, items: unknown): Units | undefined {
  const [input, output] = [count(usage.input_tokens), count(usage.output_tokens)];
  if (input === undefined || output === undefined) return undefined;
  const [inputs, outputs] = [fieldsOf(usage.input_tokens_details), fieldsOf(usage.output_tokens_details)];
  return joined(
    divided(input, 'input', [
      ['input_cache_read', inputs.cached_tokens],
      ['input_cache_write_5m', inputs.cache_write_tokens],
      ['input_audio', inputs.audio_tokens],
      ['input_image', inputs.image_tokens],
    ]),
    joined(
      divided(output, 'output', [
        ['output_reasoning', outputs.reasoning_tokens],
        ['output_audio', outputs.audio_tokens],
        ['output_image', outputs.image_tokens],
      ]),
      searches(Array.isArray(items) ? items : []),
    ),
  );
}

/** The searches among the items of a response. */
function searches(items: unknown[]): Units {
  const units: Units = {};
  for (const item of items) {
    const [, name] = /^(web_search|file_search)_call$/.exec(String(fieldsOf(item).type)) ?? [];
    if (name) units[`tool_call:${name}`] = (units[`tool_call:${name}`] ?? 0) + 1;
  }
  return units;
}

/** Anthropic's messages: the input count excludes what was read from or written to a cache. */
function anthropic(usage: Fields): Units | undefined {
  const [input, output] = [count(usage.input_tokens), count(usage.output_tokens)];
  if (input === undefined || output === undefined) return undefined;
  const units: Units = { input, output };
  const add = (kind: string, value: number) => {
    if (value > 0) units[kind] = value;
  };
  add('input_cache_read', count(usage.cache_read_input_tokens) ?? 0);
  const hour = count(fieldsOf(usage.cache_creation).ephemeral_1h_input_tokens) ?? 0;
  const written = count(usage.cache_creation_input_tokens) ?? hour + (count(fieldsOf(usage.cache_creation).ephemeral_5m_input_tokens) ?? 0);
  if (hour > written) return undefined;
  add('input_cache_write_1h', hour);
  add('input_cache_write_5m', written - hour);
  add('tool_call:web_search', count(fieldsOf(usage.server_tool_use).web_search_requests) ?? 0);
  return units;
}

/** The AI SDK's usage: `inputTokens` includes what was read from and written to a cache, `outputTokens` includes reasoning. */
function aiSdk(usage: Fields): Units | undefined {
  const [input, output] = [count(usage.inputTokens), count(usage.outputTokens)];
  if (input === undefined || output === undefined) return undefined;
  const [inputs, outputs] = [fieldsOf(usage.inputTokenDetails), fieldsOf(usage.outputTokenDetails)];
  return joined(
    divided(input, 'input', [
      ['input_cache_read', inputs.cacheReadTokens ?? usage.cachedInputTokens],
      ['input_cache_write_5m', inputs.cacheWriteTokens],
    ]),
    divided(output, 'output', [['output_reasoning', outputs.reasoningTokens ?? usage.reasoningTokens]]),
  );
}

const isAnthropic = (usage: Fields): boolean =>
  'cache_creation_input_tokens' in usage || 'cache_read_input_tokens' in usage || 'cache_creation' in usage;

function unitsIn(usage: Fields, answer: Fields): Units | undefined {
  if ('prompt_tokens' in usage) return chat(usage);
  if ('inputTokens' in usage) return aiSdk(usage);
  return isAnthropic(usage) || answer.type === 'message' ? anthropic(usage) : responses(usage, answer.output);
}

/**
 * What a provider's answer used, read from the shapes of OpenAI (chat completions, embeddings, responses), Anthropic (messages) and
 * the AI SDK (`usage`, `totalUsage`). @returns undefined where it says nothing, or what cannot be true
 */
export function usedBy(answer: unknown): Used | undefined {
  const fields = fieldsOf(answer);
  const usage = fieldsOf(fields.totalUsage ?? fields.usage);
  const units = unitsIn(usage, fields);
  if (!units) return undefined;
  const response = fieldsOf(fields.response);
  const [model, responseId] = [fields.model ?? response.modelId, fields.id ?? response.id];
  return {
    units,
    ...(typeof model === 'string' && model !== '' ? { model } : {}),
    ...(typeof responseId === 'string' && responseId !== '' ? { responseId } : {}),
  };
}
