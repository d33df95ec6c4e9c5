import type { LinkPage } from '@/lib/breach/link/read';
import { formatMoney } from '@/lib/kernel/format-money';
import { formatLength, momentMs } from '@/lib/kernel/format-time';
import { Icon } from '../ui/icon';
import { AcknowledgeFrame, CALM, Line } from './frame';
import { calls, grantLine, spentOfLimit, standingWords } from './words';

/** Once somebody has it: who, since when, where it stands, and what may come next. */
export function AnsweredView({ page, action }: { page: LinkPage; action: string }) {
  const { breach } = page;
  const { title, text, isYours } = standingWords(page);
  const { spent, limit } = spentOfLimit(page);
  const since = formatLength(momentMs(page.now) - momentMs(breach.openedAt));
  return (
    <AcknowledgeFrame at={page.now} zone={page.zone}>
      <div
        role="status"
        className={`my-4 grid grid-cols-[28px_1fr] gap-x-2.5 rounded-3 border p-3 ${isYours ? 'border-ok/40 bg-ok-tint' : 'border-line-strong bg-sunken'}`}
      >
        <span className={isYours ? 'text-ok' : 'text-neutral'}>
          <Icon name={isYours ? 'ok' : page.standing === 'theirs' ? 'person' : 'info'} className="size-7" />
        </span>
        <h1 className="font-semibold text-[17px] leading-6">{title}</h1>
        <p className="col-start-2 text-ink-2">{text}</p>
      </div>
      {page.standing === 'closed' ? null : (
        <>
          <p className="mb-3 flex items-center gap-2">
            <span className={breach.isStopped ? 'text-stop' : 'text-warn'}>
              <Icon name={breach.isStopped ? 'stopped' : 'warn'} />
            </span>
            <b className="font-semibold">{breach.isStopped ? `${breach.budget.name} is stopped` : breach.title}</b>
            <span className="ml-auto text-ink-2">for {since}</span>
          </p>
          <dl className="border-line border-t">
            <Line name="Spent of limit" note={limit}>
              {spent}
            </Line>
            <Line name="Refused so far" note={page.refusedSoFar === 1 ? 'call' : 'calls'}>
              {calls(page.refusedSoFar)}
            </Line>
            <Line name="Reserve left">{formatMoney(page.reserveNanoUsd)}</Line>
          </dl>
        </>
      )}
      <div className="mt-auto pt-4">{isYours ? <Next page={page} action={action} /> : <SignIn breachId={breach.id} />}</div>
    </AcknowledgeFrame>
  );
}

function Next({ page, action }: { page: LinkPage; action: string }) {
  return (
    <>
      <h2 className="mb-1 font-semibold text-13 text-ink-2">What next?</h2>
      <div className="grid grid-cols-2 gap-2">
        <Act action={action} act="keep_stopped" isDone={page.keepsStopped} done="Stays stopped">
          Keep stopped
        </Act>
        <a className={CALM} href={`/breaches/${page.breach.id}`}>
          Sign in for more
        </a>
      </div>
      <div className="mt-2">
        <Act action={action} act="ask_grant" isDone={page.hasAskedForGrant} done="Asked for a grant">
          <Icon name="send" />
          Ask {page.breach.budget.ownerName ?? 'an admin'} for a grant
        </Act>
      </div>
      <p className="mt-2.5 text-balance text-center text-12 text-ink-2">{grantLine(page)}</p>
    </>
  );
}

/** A form with one button; once done it says so and cannot be pressed. */
function Act({
  action,
  act,
  isDone,
  done,
  children,
}: {
  action: string;
  act: string;
  isDone: boolean;
  done: string;
  children: React.ReactNode;
}) {
  if (isDone)
    return (
      <p className={`${CALM} border-ok/40 bg-ok-tint hover:bg-ok-tint`}>
        <Icon name="tick" className="text-ok" />
        {done}
      </p>
    );
  return (
    <form method="post" action={action}>
      <input type="hidden" name="act" value={act} />
      <button type="submit" className={CALM}>
        {children}
      </button>
    </form>
  );
}

const SignIn = ({ breachId }: { breachId: string }) => (
  <a className={CALM} href={`/breaches/${breachId}`}>
    Sign in to see more
  </a>
);
