import { deleteAccount } from '../accounts/account.service.ts';
import type { Db } from '../db/database.ts';
import { toDbDate } from '../db/dates.ts';
import { isServiceError } from '../errors/service-error.ts';
import type { MaintenanceJob } from './job.ts';

/**
 * Accounts that were created before an instant and never activated, or with `andConfirmed` all of that
 * age. Administrators stay. Each leaves a tombstone, as after any deletion.
 */
export function oldAccounts(options: {
  readonly andConfirmed: boolean;
}): Pick<MaintenanceJob, 'count' | 'clear'> {
  const { andConfirmed } = options;
  return {
    count: async ({ db }, before) => {
      const { total } = await selectOld(db, before, andConfirmed)
        .select((select) => select.fn.countAll().as('total'))
        .executeTakeFirstOrThrow();
      return Number(total);
    },
    clear: async (platform, before, limit) => {
      const rows = await selectOld(platform.db, before, andConfirmed)
        .select('id')
        .orderBy('id')
        .limit(limit)
        .execute();
      for (const { id } of rows) {
        try {
          await deleteAccount(platform, id);
        } catch (error) {
          // Another node was faster.
          if (!isServiceError(error, 'notFound')) throw error;
        }
      }
      return rows.length;
    },
  };
}

function selectOld(db: Db, before: number, andConfirmed: boolean) {
  const old = db
    .selectFrom('accounts')
    .where('created_at', '<', toDbDate(before))
    .where('admin', '=', 0);
  return andConfirmed ? old : old.where('activated', '=', 0);
}
