/**
 * `covers` (scope.ts) in SQL, for sums over rows: whether the budget row `b` covers a row of the ledger or of holds.
 * A test holds that both say the same of any scope and call.
 * @param call the row's alias · @param provider, model the columns budgets match on: what was asked for, where another model answered
 */
const coversSql = (call: string, provider: string, model: string): string =>
  `(b.kind = 'everything' OR (b.kind = 'unassigned' AND ${call}.unassigned) OR (b.kind = 'scoped'
    AND (b.workload IS NULL OR b.workload = ${call}.workload) AND (b.feature IS NULL OR b.feature = ${call}.feature)
    AND (b.team IS NULL OR b.team = ${call}.team) AND (b.cost_centre IS NULL OR b.cost_centre = ${call}.cost_centre)
    AND (b.provider IS NULL OR b.provider = ${provider}) AND (b.model IS NULL OR b.model = ${model})
    AND (b.traffic_stage IS NULL OR b.traffic_stage = ${call}.traffic_stage)
    AND (b.customer IS NULL OR b.customer = ${call}.customer) AND ${call}.tags @> b.tags))`;

/** Whether budget `b` covers ledger row `e`. */
export const COVERS_ENTRY = coversSql('e', 'coalesce(e.asked_provider, e.provider)', 'coalesce(e.asked_model, e.model)');

/** Whether budget `b` covers hold `h`. */
export const COVERS_HOLD = coversSql('h', 'h.provider', 'h.model');
