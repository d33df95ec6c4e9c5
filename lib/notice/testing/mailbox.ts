import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail as the server got it: the envelope's recipients, the notice its `Message-ID` names, and the message as it came. */
export type Mail = { to: string[]; id: string; raw: string };

/** A real mail server on this machine. */
export type Mailbox = {
  url: string;
  mails: Mail[];
  /** Refuses what comes from now on with this SMTP code; null takes it again. */
  refuse(code: number | null): void;
  close(): Promise<void>;
};

/** @param took called with each mail instead of keeping it */
export async function aMailbox(took?: (mail: Mail) => void): Promise<Mailbox> {
  const mails: Mail[] = [];
  const keep = took ?? ((mail: Mail) => void mails.push(mail));
  let refusal: number | null = null;
  const server = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'], logger: false },
    onData(stream, session, done) {
      let raw = '';
      stream.setEncoding('utf8');
      stream.on('data', (chunk: string) => {
        raw += chunk;
      });
      stream.on('end', () => {
        if (refusal !== null) return done(Object.assign(new Error('Not now'), { responseCode: refusal }));
        const id = /^Message-ID: <([^@>]+)/im.exec(raw)?.[1] ?? '';
        keep({ to: session.envelope.rcptTo.map(({ address }) => address), id, raw });
        done();
      });
    },
  });
  // A sender that was killed leaves its connection broken: that is no fault of the server's.
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    mails,
    refuse(code) {
      refusal = code;
    },
    close: () => new Promise((closed) => void server.close(() => closed())),
  };
}
