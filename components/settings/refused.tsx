import { Panel } from '../ui/panel';

/** What this person may not see: said with the reason, and who can. */
export function Refused({ what, who }: { what: string; who: string[] }) {
  const names = who.length === 0 ? 'an admin' : who.length === 1 ? who[0] : `${who.slice(0, -1).join(', ')} or ${who.at(-1)}`;
  return (
    <Panel>
      <p className="px-3 py-4 md:px-4">
        {what} Ask {names}.
      </p>
    </Panel>
  );
}
