import type { ProviderOut } from '@/lib/provider/schema';

export const WIRE_WORDS: Record<ProviderOut['wire'], { label: string; text: string }> = {
  openai: { label: 'OpenAI’s wire', text: 'Chat completions, responses, embeddings; most other servers speak it too.' },
  anthropic: { label: 'Anthropic’s wire', text: 'Messages.' },
};

/** Where calls can go, and where they cannot for want of a key. */
export function providersLine(providers: readonly Pick<ProviderOut, 'slug' | 'key'>[]): string {
  const ready = providers.filter((each) => each.key !== null).map((each) => each.slug);
  if (ready.length === 0) return 'No provider has a key: calls through the gateway bring their own.';
  const rest = providers.length - ready.length;
  const named = ready.length > 3 ? `${ready.length} providers` : ready.join(', ');
  return `The gateway calls ${named} with a kept key${rest === 0 ? '' : `; ${rest} ${rest === 1 ? 'has' : 'have'} none`}.`;
}
