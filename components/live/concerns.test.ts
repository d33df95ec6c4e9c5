import { describe, expect, it } from 'vitest';
import { concernOf } from './concerns';

const event = (type: string, resource: object | null = null) => ({ id: '1', type, resource: resource as never });
const stop = event('stop.raised', { kind: 'stop', id: 'stp_1', budgetId: 'bud_1' });

describe('what an event concerns', () => {
  it('is the queries of its noun, and of no other budget', () => {
    const { keys, page, isUrgent } = concernOf(stop, '/');
    expect(keys).toContainEqual(['budget', 'bud_1']);
    expect(keys).toContainEqual(['overview']);
    expect(keys).not.toContainEqual(['budget']);
    expect(keys).not.toContainEqual(['data']);
    expect({ page, isUrgent }).toEqual({ page: false, isUrgent: true });
    expect(concernOf(event('level.reached', { kind: 'budget', id: 'bud_2' }), '/').keys).toContainEqual(['budget', 'bud_2']);
    expect(concernOf(event('notice.written', { kind: 'notice', id: 'n' }), '/').keys).toEqual([['notices']]);
    expect(concernOf(event('member.changed', { kind: 'member', id: 'm' }), '/')).toMatchObject({ keys: [], page: false });
  });

  it('is the page itself only where the page shows the noun and no query asks for it', () => {
    expect(concernOf(stop, '/containment').page).toBe(true);
    expect(concernOf(stop, '/settings/escalation').page).toBe(false);
    expect(concernOf(event('member.changed', { kind: 'member', id: 'm' }), '/settings/escalation').page).toBe(true);
    expect(concernOf(event('breach.changed', { kind: 'breach', id: 'brc_1' }), '/breaches/brc_1').page).toBe(true);
    expect(concernOf(event('breach.changed', { kind: 'breach', id: 'brc_1' }), '/breaches/brc_2').page).toBe(false);
  });

  it('is everything where some were missed, and of a noun that nobody knows', () => {
    expect(concernOf(event('reset'), '/')).toMatchObject({ keys: 'everything', page: true });
    expect(concernOf(event('drill.failed', { kind: 'drill', id: 'd' }), '/')).toMatchObject({ keys: 'everything', page: true });
  });
});
