import type { Selectable } from 'kysely';
import type { Account } from '../accounts/account.ts';
import { accountFromRow, flagsUpdate } from '../accounts/account.repository.ts';
import type { Database, Db } from '../db/database.ts';
import { toDbDate } from '../db/dates.ts';
import { prepare, prepareText } from '../db/prepared.ts';
import { durableChain } from '../db/statement-chain.ts';
import type { Platform } from '../platform.ts';
import { hasExpired } from './life-cycle.ts';

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

interface Spending {
  readonly id: number;
  readonly accountId: number;
  readonly now: string;
}

const spend = prepareText<Spending, unknown>((db, { id, accountId, now }) =>
  db
    .updateTable('provisioning_tokens')
    .set({ used: 1, updated_at: now })
    .where('id', '=', id)
    .where('used', '=', 0)
    .where('id', '=', (select) =>
      // A table below the table: MySQL reads what it updates in no other way.
      select
        .selectFrom((from) =>
          from
            .selectFrom('provisioning_tokens')
            .select((row) => row.fn.max('id').as('id'))
            .where('account_id', '=', accountId)
            .as('newest'),
        )
        .select('newest.id'),
    ),
);

/**
 * Spends a valid token and activates its account, in the transaction of the caller or one of its own
 * (flexiapi-core.md §8.3). False for whoever comes second, or after a newer token was made: one
 * conditional update decides it.
 */
export async function spendProvisioningToken(
  db: Db,
  { id, account }: UnusedProvisioningToken,
  now: number,
): Promise<boolean> {
  const chain = [spend(db, { id, accountId: account.id, now: toDbDate(now) })];
  if (!account.activated) chain.push(flagsUpdate(db, account.id, { activated: true }, now));
  const [spent] = await durableChain(db, chain);
  return spent?.changed === 1;
}
