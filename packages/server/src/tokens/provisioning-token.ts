import type { Db } from '../db/database.ts';
import { toDbDate } from '../db/dates.ts';
import { insertReturningId } from '../db/insert.ts';
import type { Platform } from '../platform.ts';
import { expiryOf, type Origin, originColumns, tokenLengths } from './life-cycle.ts';

/** A secret that configures one phone once. */
export interface ProvisioningToken {
  readonly token: string;
  /** Milliseconds since the Unix epoch; undefined = for ever. */
  readonly expiresAt: number | undefined;
}

type TokenPlatform = Pick<Platform, 'db' | 'clock' | 'random' | 'config'>;

/** A fresh provisioning token; the account's earlier ones stop working (flexiapi-core.md §6.9). */
export async function createProvisioningToken(
  platform: TokenPlatform,
  accountId: number,
  origin: Origin = {},
): Promise<ProvisioningToken> {
  const token = platform.random.token(tokenLengths.provisioning);
  const columns = originColumns(origin, platform.clock.now());
  await insertReturningId(platform.db, 'provisioning_tokens', {
    account_id: accountId,
    token,
    ...columns,
  });
  const minutes = platform.config.expiry.provisioningTokenMinutes;
  return { token, expiresAt: expiryOf(columns.created_at, minutes) };
}

/** Tokens that were made for an account and not used yet configure no phone any more. */
export async function voidProvisioningTokens(
  trx: Db,
  accountId: number,
  now: number,
): Promise<void> {
  await trx
    .updateTable('provisioning_tokens')
    .set({ used: 1, updated_at: toDbDate(now) })
    .where('account_id', '=', accountId)
    .where('used', '=', 0)
    .execute();
}
