import { lockBudgetSet } from '@/lib/budget/set';
import type { Context } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';
import { sampleOf } from './make';

/** Everything that belongs to one organisation, in an order in which it may go: what points before what is pointed at. */
const TABLES = [
  ...['period_spend'],
  ...['notice_attempt', 'notice', 'channel', 'event', 'event_head'],
  ...['recovery_check', 'recovery_note', 'recovery_day', 'recovery_step', 'recovery_plan', 'hold_grant', 'budget_grant'],
  ...[
    'split_proposal',
    'hold_limit',
    'hold_route',
    'contained_call',
    'containment_effect',
    'containment_usual',
    'containment_confirmation',
  ],
  ...['rate_limit_state', 'containment_action'],
  ...['acknowledge_link', 'breach_told', 'breach_event', 'breach_stop', 'breach', 'threshold_firing'],
  ...[
    'excess',
    'limit_change',
    'charged_minute',
    'stop',
    'budget_period',
    'threshold',
    'budget',
    'lease',
    'hold',
    'held_prices',
    'key_exposure',
    'api_key',
  ],
  ...[
    'feature',
    'workload',
    'price',
    'ledger_entry',
    'event_key',
    'response_key',
    'evidence',
    'outcome',
    'rejected_record',
    'usage_source',
  ],
  ...['rollup_hour', 'rollup_day', 'rollup_unit', 'rollup_label', 'refusal', 'idempotent_answer', 'ledger_proof', 'audit_entry'],
  ...['kpi_target', 'brief_version'],
  ...['playbook_step', 'playbook_day', 'playbook_review'],
  ...['past_calendar', 'currency_rate', 'escalation_policy', 'session', 'member'],
];

/**
 * Removes the sample workspace of a person with everything in it, and moves their sessions to the organisation they work in
 * otherwise. Nothing but an organisation marked as a sample can be removed. @throws Fault sample.not_found
 */
export async function removeSample(ctx: Context, personId: string): Promise<{ organisationId: string }> {
  const sample = await sampleOf(ctx, personId);
  if (!sample) throw new Fault('sample.not_found', 'There is no sample workspace of yours.');
  const { tx } = ctx;
  // A sample that is still being filled books nothing more: what follows finds no organisation.
  await lockBudgetSet(tx, sample.id, 'alone');
  await tx.query(
    `UPDATE session s SET org_id = m.org_id FROM member m
      WHERE s.org_id = $1 AND m.person_id = s.person_id AND m.org_id <> $1 AND m.ended_at IS NULL AND m.joined_at IS NOT NULL`,
    [sample.id],
  );
  // The append-only tables let an organisation go whole when the transaction says which.
  await tx.query(`SELECT set_config('hardstop.erase_org', $1, true)`, [sample.id]);
  for (const table of TABLES) await tx.query(`DELETE FROM ${table} WHERE org_id = $1`, [sample.id]);
  await tx.query('DELETE FROM organisation WHERE id = $1 AND sample_since IS NOT NULL', [sample.id]);
  await tx.query(
    `DELETE FROM person p WHERE p.email LIKE '%@sample.invalid' AND NOT EXISTS (SELECT FROM member m WHERE m.person_id = p.id)`,
  );
  return { organisationId: sample.id };
}
