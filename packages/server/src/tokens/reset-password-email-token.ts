import type { Selectable } from 'kysely';
import type { Database, Db } from '../db/database.ts';
import { toDbDate } from '../db/dates.ts';
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

/** The secret of a link in a reset-password mail. */
export type ResetPasswordEmailToken = Selectable<Database['reset_password_email_tokens']>;

/** A fresh token, mailed to `email`. */
export async function createResetPasswordEmailToken(
  platform: Pick<Platform, 'db' | 'clock' | 'random'>,
  account: { readonly id: number; readonly email: string },
  origin: Origin = {},
): Promise<string> {
  const token = platform.random.token(tokenLengths.resetPasswordEmail);
  await insertReturningId(platform.db, 'reset_password_email_tokens', {
    token,
    email: account.email,
    account_id: account.id,
    ...originColumns(origin, platform.clock.now()),
  });
  return token;
}

/** An unused token and whether it is too old. */
export async function findResetPasswordEmailToken(
  platform: Pick<Platform, 'db' | 'clock' | 'config'>,
  token: string,
): Promise<{ readonly row: ResetPasswordEmailToken; readonly expired: boolean } | undefined> {
  const row = await findUnusedToken(platform.db, 'reset_password_email_tokens', token);
  if (row === undefined) return undefined;
  const minutes = platform.config.expiry.resetPasswordEmailTokenMinutes;
  return { row, expired: hasExpired(row.created_at, minutes, platform.clock.now()) };
}

/** Spends the token in the transaction that sets the password; false when another call was faster. */
export function consumeResetPasswordEmailToken(
  trx: Db,
  token: Pick<ResetPasswordEmailToken, 'id'>,
  now: number,
): Promise<boolean> {
  return spendToken(trx, 'reset_password_email_tokens', token.id, now);
}

/** Earlier mails of an account open nothing any more once one of them has. */
export async function voidResetPasswordEmailTokens(
  trx: Db,
  accountId: number,
  now: number,
): Promise<void> {
  await trx
    .updateTable('reset_password_email_tokens')
    .set({ used: 1, updated_at: toDbDate(now) })
    .where('account_id', '=', accountId)
    .where('used', '=', 0)
    .execute();
}
