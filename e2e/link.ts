import { createHmac, hkdfSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { askDatabase } from './database';

/**
 * The token of a link by which a breach is answered without signing in; null while nobody was sent one. The app keeps no token, so it is
 * signed here anew, from the secret in the app's data folder, independently of the code that checks it.
 */
export async function linkTo(folder: string, breach: { id: string } | { budgetId: string }): Promise<string | null> {
  const [column, value] = 'id' in breach ? ['id', breach.id] : ['budget_id', breach.budgetId];
  const { rows } = await askDatabase(
    folder,
    `SELECT l.id FROM acknowledge_link l JOIN breach r ON r.org_id = l.org_id AND r.id = l.breach_id WHERE r.${column} = $1 LIMIT 1`,
    [value],
  );
  if (rows.length === 0) return null;
  const secret = readFileSync(path.join(folder, 'auth-secret'), 'utf8').trim();
  const key = Buffer.from(hkdfSync('sha256', secret, 'acknowledge', 'hardstop signed link', 32));
  return `${rows[0].id}.${createHmac('sha256', key).update(rows[0].id).digest('base64url')}`;
}
