import type { Selectable } from 'kysely';
import type { Database, Db } from '../db/database.ts';
import { toDbDate } from '../db/dates.ts';
import type { Platform } from '../platform.ts';
import { hasExpired, tokenLengths } from './life-cycle.ts';

/** A link in a mail behind which an account is set up on a phone (database.md, `wizards`). */
export type Wizard = Selectable<Database['wizards']>;

/** A fresh link for an account, used once. */
export async function createWizard(
  platform: Pick<Platform, 'db' | 'clock' | 'random'>,
  accountId: number,
): Promise<string> {
  const token = platform.random.token(tokenLengths.wizard);
  const date = toDbDate(platform.clock.now());
  await platform.db
    .insertInto('wizards')
    .values({
      token,
      account_id: accountId,
      provisioning_account_id: accountId,
      created_at: date,
      updated_at: date,
    })
    .execute();
  return token;
}

/** A link that nobody has used; it lives as long as the provisioning tokens that it gives. */
export async function findWizard(
  { db, clock, config }: Pick<Platform, 'db' | 'clock' | 'config'>,
  token: string,
): Promise<Wizard | undefined> {
  const rows = await db
    .selectFrom('wizards')
    .selectAll()
    .where('token', '=', token)
    .where('used_at', 'is', null)
    .execute();
  // MariaDB compares without regard to case.
  const row = rows.find((candidate) => candidate.token === token);
  if (row === undefined) return undefined;
  const minutes = config.expiry.provisioningTokenMinutes;
  return hasExpired(row.created_at, minutes, clock.now()) ? undefined : row;
}

/** Spends a link; false when another call was faster. */
export async function spendWizard(trx: Db, { token }: Wizard, now: number): Promise<boolean> {
  const date = toDbDate(now);
  const result = await trx
    .updateTable('wizards')
    .set({ used_at: date, updated_at: date })
    .where('token', '=', token)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Links that would set an account up set up nothing any more. */
export async function voidWizards(trx: Db, accountId: number, now: number): Promise<void> {
  const date = toDbDate(now);
  await trx
    .updateTable('wizards')
    .set({ used_at: date, updated_at: date })
    .where('provisioning_account_id', '=', accountId)
    .where('used_at', 'is', null)
    .execute();
}
