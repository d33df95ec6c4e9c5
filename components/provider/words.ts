import type { ProviderOut } from '@/lib/provider/schema';

export const WIRE_WORDS: Record<ProviderOut['wire'], { label: string; text: string }> = {
  openai: { label: 'OpenAI’s wire', text: 'Chat completions, responses, embeddings; most other servers speak it too.' },
  anthropic: { label: 'Anthropic’s wire', text: 'Messages.' },
};

/** Where calls can go, and where they cannot for want of a key. */
export function providersLine(providers: readonly Pick<ProviderOut, 'slug' | 'key'>[]): string {
  const [ready, bare] = [providers.filter((each) => each.key !== null), providers.filter((each) => each.key === null)];
  if (ready.length === 0) return 'No provider has a key: calls through the gateway bring their own.';
  const named = ready.length > 3 ? `${ready.length} providers` : ready.map((each) => each.slug).join(', ');
  const rest = bare.length === 1 ? `; ${bare[0]?.slug} has none` : bare.length > 1 ? `; ${bare.length} have none` : '';
  return `The gateway calls ${named} with a kept key${rest}.`;
}
