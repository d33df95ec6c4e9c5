import { reader } from '@/lib/db';
import { type Listening, listen } from '@/lib/listen';
import { NUMBERED, numberEvents, numberLeftEvents } from './number';
import { eventsAfter, lastNumber, type Told } from './reads';
import { TOLD } from './tell';

/** Takes events in order, each once. */
export type Follower = (events: readonly Told[]) => void;

/** What this process knows of one organisation: up to which number its followers have everything. */
type Followed = { head: bigint; followers: Set<Follower> };

type Hub = { listening: Listening; followed: Map<string, Followed>; busy: Map<string, { again: boolean }> };

// Next bundles lib a second time: a second hub would be a second connection that listens.
const held = globalThis as { hardstopHub?: Hub };

/** Does a piece of work now, or once more after the run that is under way: two wake-ups during one run make one more. */
async function coalesced(hub: Hub, key: string, work: () => Promise<unknown>): Promise<void> {
  const under = hub.busy.get(key);
  if (under) {
    under.again = true;
    return;
  }
  const run = { again: true };
  hub.busy.set(key, run);
  try {
    while (run.again) {
      run.again = false;
      await work();
    }
  } catch {
    // The database is away: whoever listens connects again, and then everything left is looked up.
  } finally {
    hub.busy.delete(key);
  }
}

async function pump(hub: Hub, orgId: string): Promise<void> {
  const org = hub.followed.get(orgId);
  if (!org) return;
  for (;;) {
    const events = await eventsAfter(reader(), orgId, org.head);
    const last = events.at(-1);
    if (last === undefined) return;
    org.head = last.sequence;
    for (const follower of org.followers) follower(events);
  }
}

function openHub(): Hub {
  const hub: Hub = { listening: undefined as unknown as Listening, followed: new Map(), busy: new Map() };
  const heard = (channel: string, orgId: string) => {
    if (channel === TOLD) void coalesced(hub, `number ${orgId}`, () => numberEvents(orgId));
    else void coalesced(hub, `pump ${orgId}`, () => pump(hub, orgId));
  };
  const connected = () => {
    void coalesced(hub, 'number', numberLeftEvents);
    for (const orgId of hub.followed.keys()) void coalesced(hub, `pump ${orgId}`, () => pump(hub, orgId));
  };
  hub.listening = listen([TOLD, NUMBERED], heard, connected);
  return hub;
}

/** This process's hub: one connection that listens, whoever follows; it also gives new events their numbers, as every hub does. */
export function eventHub(): { ready: Promise<void> } {
  held.hardstopHub ??= openHub();
  return held.hardstopHub.listening;
}

/** Closes it (a process that stops, a test file that ends). */
export async function closeHub(): Promise<void> {
  const hub = held.hardstopHub;
  held.hardstopHub = undefined;
  await hub?.listening.stop();
}

/** A follower that was taken in. */
export type Following = {
  /** The follower gets every event after this number; those up to it are read from their rows. */
  from: bigint;
  stop(): void;
};

/** Hands an organisation's events on as they are numbered, from a moment on that it says. */
export async function follow(orgId: string, follower: Follower): Promise<Following> {
  eventHub();
  const hub = held.hardstopHub as Hub;
  if (!hub.followed.has(orgId)) {
    const head = await lastNumber(reader(), orgId);
    if (!hub.followed.has(orgId)) hub.followed.set(orgId, { head, followers: new Set() });
  }
  const org = hub.followed.get(orgId) as Followed;
  org.followers.add(follower);
  const from = org.head;
  // What was numbered between reading the head and being taken in.
  void coalesced(hub, `pump ${orgId}`, () => pump(hub, orgId));
  return {
    from,
    stop() {
      org.followers.delete(follower);
      if (org.followers.size === 0 && hub.followed.get(orgId) === org) hub.followed.delete(orgId);
    },
  };
}
