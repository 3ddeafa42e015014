import type { Selectable } from 'kysely';
import type { Account } from '../accounts/account.ts';
import { accountFromRow, setAccountFlags } from '../accounts/account.repository.ts';
import type { Database, Db } from '../db/database.ts';
import { prepare } from '../db/prepared.ts';
import type { Platform } from '../platform.ts';
import { hasExpired, spendToken } from './life-cycle.ts';
import { selectNewestProvisioningToken } from './provisioning-token.ts';

/** A token that nobody has used, and whose it is. */
export interface UnusedProvisioningToken {
  readonly id: number;
  readonly account: Account;
  /** `replaced`: its account has a newer one. */
  readonly state: 'valid' | 'replaced' | 'expired';
}

interface FoundRow extends Selectable<Database['accounts']> {
  readonly token_id: number;
  readonly token: string;
  readonly issued_at: string | null;
  readonly newest_id: number | null;
}

const unusedTokens = prepare<{ readonly token: string }, FoundRow>((db, { token }) =>
  db
    .selectFrom('provisioning_tokens as own')
    .innerJoin('accounts', 'accounts.id', 'own.account_id')
    .selectAll('accounts')
    .select((select) => [
      'own.id as token_id',
      'own.token',
      'own.created_at as issued_at',
      select
        .selectFrom('provisioning_tokens as any')
        .select((row) => row.fn.max('any.id').as('id'))
        .whereRef('any.account_id', '=', 'own.account_id')
        .as('newest_id'),
    ])
    .where('own.token', '=', token)
    .where('own.used', '=', 0),
);

/**
 * The unused token of this spelling, in whatever state, to be shown or spent. Accounts of every domain
 * are found, blocked ones too.
 */
export async function findProvisioningToken(
  platform: Pick<Platform, 'db' | 'clock' | 'config'>,
  token: string,
): Promise<UnusedProvisioningToken | undefined> {
  const rows = await unusedTokens(platform.db, { token });
  // MariaDB compares without regard to case.
  const row = rows.find((candidate) => candidate.token === token);
  if (row === undefined) return undefined;
  const minutes = platform.config.expiry.provisioningTokenMinutes;
  const expired = hasExpired(row.issued_at, minutes, platform.clock.now());
  return {
    id: row.token_id,
    account: accountFromRow(row),
    state: row.newest_id !== row.token_id ? 'replaced' : expired ? 'expired' : 'valid',
  };
}

/**
 * Spends a valid token and activates its account, in the transaction of the caller
 * (flexiapi-core.md §8.3). False for whoever comes second, or after a newer token was made.
 */
export async function spendProvisioningToken(
  trx: Db,
  { id, account }: UnusedProvisioningToken,
  now: number,
): Promise<boolean> {
  const newest = await selectNewestProvisioningToken(trx, account.id);
  if (newest?.id !== id || !(await spendToken(trx, 'provisioning_tokens', id, now))) return false;
  if (!account.activated) await setAccountFlags(trx, account.id, { activated: true }, now);
  return true;
}
