/**
 * SQL: whether what happens by the real clock concerns an organisation. The story of a sample is told with the clock at each of its
 * days; until it has been told, nothing in it is due, late or unanswered by the clock outside.
 * @param orgId the column that names the organisation
 */
export const isTold = (orgId: string): string =>
  `NOT EXISTS (SELECT FROM organisation told WHERE told.id = ${orgId} AND told.sample_since IS NOT NULL AND told.sample_told_at IS NULL)`;
