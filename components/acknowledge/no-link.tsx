import { AcknowledgeFrame, CALM } from './frame';

/** What an address that opens nothing says. */
export function NoLink() {
  return (
    <AcknowledgeFrame>
      <div className="my-4">
        <h1 className="font-semibold text-20 tracking-[-.015em]">This link opens nothing.</h1>
        <p className="mt-1 text-ink-2">It may be cut short, or older than its breach. The app has every open breach.</p>
      </div>
      <a className={`${CALM} mt-auto`} href="/breaches">
        Sign in
      </a>
    </AcknowledgeFrame>
  );
}
