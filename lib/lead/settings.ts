import { env } from '@/lib/env';

/** Where forms of strangers go: handed in, so that every combination can be tried. */
export type LeadSettings = {
  /** Where they are posted, and with what they are signed. */
  endpoint: string | undefined;
  secret: string | undefined;
  smtpUrl: string | undefined;
  /** Who is written to. */
  email: string | undefined;
};

/** What the environment says. */
export function leadSettings(): LeadSettings {
  const { LEAD_ENDPOINT: endpoint, LEAD_SECRET: secret, SMTP_URL: smtpUrl, LEAD_EMAIL: email } = env();
  return { endpoint, secret, smtpUrl, email };
}

export type Form = 'help' | 'subscribe';
/** `post`: to the endpoint, nothing kept · `mail`: to LEAD_EMAIL, nothing kept · `opt_in`: by our own mailer, after a yes · `link`: the asker's own mail program, nothing kept. */
export type Way = 'post' | 'mail' | 'opt_in' | 'link';

/** The truth table: which way a form goes. */
export function wayOf(form: Form, { endpoint, smtpUrl, email }: LeadSettings): Way {
  if (form === 'subscribe') return smtpUrl !== undefined ? 'opt_in' : endpoint !== undefined ? 'post' : 'link';
  if (endpoint !== undefined) return 'post';
  return smtpUrl !== undefined && email !== undefined ? 'mail' : 'link';
}
