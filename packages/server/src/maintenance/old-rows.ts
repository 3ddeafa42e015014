import type { Db } from '../db/database.ts';
import { toDbDate } from '../db/dates.ts';
import type { MaintenanceJob } from './job.ts';

/** Tables whose rows lose their worth with time; what hangs below them goes by cascade. */
type AgeingTable =
  | 'accounts_tombstones'
  | 'auth_tokens'
  | 'opaques'
  | 'statistics_calls'
  | 'statistics_messages';

/** Counts and deletes the rows of `tables` that were created before an instant. */
export function oldRows(tables: readonly AgeingTable[]): Pick<MaintenanceJob, 'count' | 'clear'> {
  return {
    count: async ({ db }, before) => {
      let total = 0;
      for (const table of tables) total += await countBefore(db, table, toDbDate(before));
      return total;
    },
    clear: async ({ db }, before, limit) => {
      for (const table of tables) {
        const removed = await deleteBefore(db, table, toDbDate(before), limit);
        if (removed > 0) return removed;
      }
      return 0;
    },
  };
}

async function countBefore(db: Db, table: AgeingTable, date: string): Promise<number> {
  const { total } = await db
    .selectFrom(table)
    .select((select) => select.fn.countAll().as('total'))
    .where('created_at', '<', date)
    .executeTakeFirstOrThrow();
  return Number(total);
}

async function deleteBefore(
  db: Db,
  table: AgeingTable,
  date: string,
  limit: number,
): Promise<number> {
  const rows = await db
    .selectFrom(table)
    .select('id')
    .where('created_at', '<', date)
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
