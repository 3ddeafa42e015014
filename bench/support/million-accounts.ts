import { randomBytes, randomInt } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '../../packages/server/src/db/database.ts';
import { transaction } from '../../packages/server/src/db/transaction.ts';

const now = '2026-01-01 00:00:00';
/** Accounts stored by one transaction; progress is told after each. */
const perStep = 100_000;

/**
 * Fills the tables with accounts that nobody has activated, each with a password and a used token; by a
 * statement for each table, as requests would take hours for a million.
 * @param told called with the accounts stored so far
 */
export async function storeAccounts(
  db: Db,
  domain: string,
  accounts: number,
  told: (stored: number) => void,
): Promise<void> {
  for (let stored = 0; stored < accounts; ) {
    const last = Math.min(stored + perStep, accounts);
    const numbers = sql`with recursive n(i) as (select ${sql.lit(stored + 1)} union all select i + 1 from n where i < ${sql.lit(last)})`;
    await transaction(db, async (trx) => {
      await sql`insert into accounts (id, username, domain, ip_address, user_agent, created_at, updated_at, activated)
        ${numbers} select i, 'user' || i, ${domain}, '192.0.2.1', 'bench', ${now}, ${now}, 0 from n`.execute(
        trx,
      );
      await sql`insert into passwords (account_id, password, algorithm)
        ${numbers} select i, printf('%064d', i), 'SHA-256' from n`.execute(trx);
      await sql`insert into provisioning_tokens (account_id, token, used, created_at, updated_at)
        ${numbers} select i, lower(hex(randomblob(6))) || 'x', 1, ${now}, ${now} from n`.execute(
        trx,
      );
    });
    stored = last;
    told(stored);
  }
}

/** New tokens for that many accounts all over the table, which none of them has activated. */
export async function issueTokens(
  db: Db,
  accounts: number,
  count: number,
): Promise<readonly string[]> {
  const picked = new Set<number>();
  while (picked.size < count) picked.add(1 + randomInt(accounts));
  const issued = Array.from(picked, (id) => [id, randomBytes(7).toString('hex').slice(1)] as const);
  const rows = sql`json_each(${JSON.stringify(issued)})`;
  await transaction(db, async (trx) => {
    await sql`insert into provisioning_tokens (account_id, token, created_at, updated_at)
      select value ->> 0, value ->> 1, ${now}, ${now} from ${rows}`.execute(trx);
    await sql`update accounts set activated = 0
      where id in (select value ->> 0 from ${rows})`.execute(trx);
  });
  // It fills the log of SQLite with pages from all over the tables: what that costs is not to be measured.
  await sql`pragma wal_checkpoint(restart)`.execute(db);
  return issued.map(([, token]) => token);
}
