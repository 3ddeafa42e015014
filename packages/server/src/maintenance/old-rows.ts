import { type Expression, sql, type SqlBool } from 'kysely';
import type { Db } from '../db/database.ts';
import { toDbDate } from '../db/dates.ts';
import type { MaintenanceJob } from './job.ts';

/** Tables whose rows lose their worth with time; what hangs below them goes by cascade. */
type AgeingTable =
  | 'account_creation_request_tokens'
  | 'accounts_tombstones'
  | 'auth_tokens'
  | 'opaques'
  | 'provisioning_tokens'
  | 'statistics_calls'
  | 'statistics_messages';

/** Counts and deletes the rows of `tables` that were created before an instant, and of which `also` is true. */
export function oldRows(
  tables: readonly AgeingTable[],
  also: Expression<SqlBool> = sql<SqlBool>`1 = 1`,
): Pick<MaintenanceJob, 'count' | 'clear'> {
  return {
    count: async ({ db }, before) => {
      let total = 0;
      for (const table of tables) total += await countBefore(db, table, toDbDate(before), also);
      return total;
    },
    clear: async ({ db }, before, limit) => {
      for (const table of tables) {
        const removed = await deleteBefore(db, table, toDbDate(before), limit, also);
        if (removed > 0) return removed;
      }
      return 0;
    },
  };
}

async function countBefore(
  db: Db,
  table: AgeingTable,
  date: string,
  also: Expression<SqlBool>,
): Promise<number> {
  const { total } = await db
    .selectFrom(table)
    .select((select) => select.fn.countAll().as('total'))
    .where('created_at', '<', date)
    .where(also)
    .executeTakeFirstOrThrow();
  return Number(total);
}

async function deleteBefore(
  db: Db,
  table: AgeingTable,
  date: string,
  limit: number,
  also: Expression<SqlBool>,
): Promise<number> {
  const rows = await db
    .selectFrom(table)
    .select('id')
    .where('created_at', '<', date)
    .where(also)
    .limit(limit)
    .execute();
  if (rows.length === 0) return 0;
  const ids: readonly (number | string)[] = rows.map(({ id }) => id);
  await db
    .deleteFrom(table)
    .where((where) => where(where.ref('id'), 'in', ids))
    .execute();
  return rows.length;
}
