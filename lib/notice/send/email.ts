import { createTransport, type Transporter } from 'nodemailer';
import { env, publicUrl } from '@/lib/env';
import type { Message, Sent } from './message';

const DEADLINE_MS = 10_000;
const MOST_SHOWN = 200;

const held = globalThis as { hardstopMail?: { url: string; transport: Transporter } };

/** The mail server of an address; null where none is named. Its connections are kept: a crowd of mails goes over a few. */
function transportOf(SMTP_URL: string | undefined): Transporter | null {
  if (SMTP_URL === undefined) return null;
  if (held.hardstopMail?.url === SMTP_URL) return held.hardstopMail.transport;
  const transport = createTransport({
    ...{ url: SMTP_URL, pool: true, maxConnections: 4 },
    ...{ connectionTimeout: DEADLINE_MS, greetingTimeout: DEADLINE_MS, socketTimeout: DEADLINE_MS, dnsTimeout: DEADLINE_MS },
    // What a message holds is text of ours: nothing of it is read from files or fetched.
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  held.hardstopMail = { url: SMTP_URL, transport };
  return transport;
}

/** Closes the connections to the mail server. */
export function closeMail(): void {
  held.hardstopMail?.transport.close();
  held.hardstopMail = undefined;
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const html = (text: string): string => text.replace(/[&<>"]/g, (each) => ESCAPES[each] as string);

const BUTTON =
  'display:inline-block;padding:14px 24px;border-radius:6px;background:#3244dc;color:#ffffff;text-decoration:none;font-weight:600';

/** The message for mail programs that show HTML: one column, no pictures, readable in light and dark. */
const htmlOf = ({ title, text, link, acknowledge, organisation }: Message): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${html(title)}</title></head>
<body style="margin:0;padding:24px;font:16px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif">
<div style="max-width:560px;margin:0 auto">
<h1 style="font-size:20px;line-height:1.3;margin:0 0 12px">${html(title)}</h1>
<p style="margin:0 0 20px;white-space:pre-line">${html(text)}</p>
<p style="margin:0 0 24px"><a href="${html(acknowledge ?? link)}" style="${BUTTON}">${acknowledge === null ? 'Open in Hardstop' : 'Acknowledge'}</a></p>
<p style="font-size:13px;color:#64748b;margin:0">${html(organisation)} · <a href="${html(link)}" style="color:#64748b">${html(link)}</a></p>
</div></body></html>
`;

/** Who mail is from: SMTP_FROM, or an address at the host where people reach us. */
const sender = (): string => env().SMTP_FROM ?? `Hardstop <hardstop@${new URL(publicUrl()).hostname}>`;

const hasCode = (error: unknown): error is Error & { code?: string; responseCode?: number; response?: string } => error instanceof Error;

/** The message as text: where to acknowledge comes before where to look. */
const textOf = ({ text, link, acknowledge, organisation }: Message): string =>
  [text, ...(acknowledge === null ? [] : [`Acknowledge: ${acknowledge}`]), `Open in Hardstop: ${link}`, organisation].join('\n\n');

/** A mail as it leaves: its id makes the `Message-ID`, so that a copy sent twice is seen as one. */
export type Mail = {
  id: string;
  to: readonly string[];
  subject: string;
  text: string;
  html?: string;
  replyTo?: string;
  headers?: Record<string, string>;
};

/** Sends a notice by e-mail, as text and HTML. */
export const sendEmail = (message: Message, to: readonly string[]): Promise<Sent> =>
  sendMail({
    ...{ id: message.id, to, subject: message.title, text: textOf(message), html: htmlOf(message) },
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Hardstop-Notice': message.id },
  });

/** Sends a mail. @param smtpUrl the mail server; SMTP_URL where it is not said */
export async function sendMail({ id, to, subject, text, html: page, replyTo, headers }: Mail, smtpUrl = env().SMTP_URL): Promise<Sent> {
  const transport = transportOf(smtpUrl);
  if (transport === null) return { ok: false, detail: 'No mail server is named: set SMTP_URL.', isFinal: true };
  const host = new URL(publicUrl()).hostname;
  try {
    const { response } = (await transport.sendMail({
      ...{ from: sender(), to: [...to], subject: subject.replace(/\s+/g, ' '), text, messageId: `<${id}@${host}>` },
      ...{ ...(page === undefined ? {} : { html: page }), ...(replyTo === undefined ? {} : { replyTo }), headers: headers ?? {} },
    })) as { response: string };
    return { ok: true, detail: `The mail server took it: ${response.slice(0, MOST_SHOWN)}` };
  } catch (error) {
    if (!hasCode(error)) throw error;
    if (error.response === undefined) return { ok: false, detail: `The mail server did not answer (${error.code ?? error.message}).` };
    // 5xx to a recipient or a message is for good (RFC 5321, 4.2.1); a login refused is mended by the operator, and then it goes.
    const isFinal = (error.responseCode ?? 0) >= 500 && error.code !== 'EAUTH';
    return { ok: false, detail: `The mail server did not take it: ${error.response.slice(0, MOST_SHOWN)}`, isFinal };
  }
}
