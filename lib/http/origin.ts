import { publicUrl } from '@/lib/env';
import { Fault } from '@/lib/kernel/fault';

/**
 * Refuses a write that a foreign page makes with someone's cookie: its `Origin` is neither our public address nor the host asked.
 * @throws Fault origin.foreign
 */
export function requireOwnOrigin(request: Request): void {
  const origin = request.headers.get('origin');
  if (origin !== null && URL.canParse(origin)) {
    if (origin === new URL(publicUrl()).origin || new URL(origin).host === request.headers.get('host')) return;
  }
  throw new Fault(
    'origin.foreign',
    'A write with a session cookie needs an Origin header that names this address; programs use an API key.',
  );
}
