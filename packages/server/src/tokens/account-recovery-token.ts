import type { Selectable } from 'kysely';
import type { Database, Db } from '../db/database.ts';
import { insertReturningId } from '../db/insert.ts';
import type { Platform } from '../platform.ts';
import {
  findUnusedToken,
  hasExpired,
  type Origin,
  originColumns,
  spendToken,
  tokenLengths,
} from './life-cycle.ts';
import { pushColumns, type PushTarget } from './push-target.ts';

/** The right to start one recovery by phone. */
export type AccountRecoveryToken = Selectable<Database['account_recovery_tokens']>;

/** A fresh recovery token, to be pushed to the device. */
export async function createAccountRecoveryToken(
  platform: Pick<Platform, 'db' | 'clock' | 'random'>,
  origin: Origin,
  target: PushTarget,
): Promise<string> {
  const token = platform.random.token(tokenLengths.accountRecovery);
  await insertReturningId(platform.db, 'account_recovery_tokens', {
    token,
    ...pushColumns(target),
    ...originColumns(origin, platform.clock.now()),
  });
  return token;
}

/** An unused recovery token and whether it is too old for its page. */
export async function findAccountRecoveryToken(
  platform: Pick<Platform, 'db' | 'clock' | 'config'>,
  token: string,
): Promise<{ readonly row: AccountRecoveryToken; readonly expired: boolean } | undefined> {
  const row = await findUnusedToken(platform.db, 'account_recovery_tokens', token);
  if (row === undefined) return undefined;
  const minutes = platform.config.expiry.accountRecoveryTokenMinutes;
  return { row, expired: hasExpired(row.created_at, minutes, platform.clock.now()) };
}

/** Spends a recovery token for an account; false when another call was faster. */
export async function consumeAccountRecoveryToken(
  trx: Db,
  token: Pick<AccountRecoveryToken, 'id'>,
  accountId: number,
  now: number,
): Promise<boolean> {
  if (!(await spendToken(trx, 'account_recovery_tokens', token.id, now))) return false;
  await trx
    .updateTable('account_recovery_tokens')
    .set({ account_id: accountId })
    .where('id', '=', token.id)
    .execute();
  return true;
}
