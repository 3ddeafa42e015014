import type { Db } from '../db/database.ts';
import { fromDbDate, toDbDate } from '../db/dates.ts';
import type { MaintenanceJob } from './job.ts';

/**
 * User keys that were not used since an instant, and administrators' keys past the delay that each has
 * of its own (flexiapi-core.md §4.2).
 */
export const oldApiKeys: Pick<MaintenanceJob, 'count' | 'clear'> = {
  count: async ({ db, clock }, before) =>
    (await selectOldUserKeys(db, before)).length +
    (await selectOldAdminKeys(db, clock.now())).length,
  clear: async ({ db, clock }, before, limit) => {
    const ids = [
      ...(await selectOldUserKeys(db, before, limit)),
      ...(await selectOldAdminKeys(db, clock.now())),
    ].slice(0, limit);
    if (ids.length === 0) return 0;
    await db.deleteFrom('api_keys').where('id', 'in', ids).execute();
    return ids.length;
  },
};

async function selectOldUserKeys(db: Db, before: number, limit?: number): Promise<number[]> {
  const rows = await db
    .selectFrom('api_keys')
    .select('id')
    .where('expires_after_last_used_minutes', 'is', null)
    .where('last_used_at', '<', toDbDate(before))
    .$if(limit !== undefined, (query) => query.limit(limit ?? 0))
    .execute();
  return rows.map(({ id }) => id);
}

/** Administrators have few keys; engines disagree on how to add minutes to a date. */
async function selectOldAdminKeys(db: Db, now: number): Promise<number[]> {
  const rows = await db
    .selectFrom('api_keys')
    .select(['id', 'last_used_at', 'expires_after_last_used_minutes as minutes'])
    .where('expires_after_last_used_minutes', '>', 0)
    .execute();
  return rows
    .filter(({ last_used_at, minutes }) => fromDbDate(last_used_at) + (minutes ?? 0) * 60_000 < now)
    .map(({ id }) => id);
}
