import type { TakenOut } from '@/lib/lead/schema';

const WORDS = {
  sent: 'It was passed on. Somebody writes to you within two working days.',
  mailed: 'It was mailed. Somebody writes to you within two working days.',
  confirm: 'Look into your mail: the link there says yes. Nothing is sent before that.',
  link: 'This server sends no mail by itself. Your own mail program can, with everything filled in:',
} as const;

/** What became of a form; where nothing could be sent, the mail that can. */
export function Taken({ taken: { kind, href } }: { taken: TakenOut }) {
  return (
    <div role="status" className="grid gap-2">
      <p>{WORDS[kind]}</p>
      {href === null ? null : (
        <a href={href} className="justify-self-start text-accent-ink underline underline-offset-2">
          Open the mail
        </a>
      )}
    </div>
  );
}
