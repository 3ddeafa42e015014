import type { Selectable } from 'kysely';
import type { Database, Db } from '../db/database.ts';
import { toDbDate } from '../db/dates.ts';
import { insertReturningId } from '../db/insert.ts';
import { transaction } from '../db/transaction.ts';
import { invalid, notFound } from '../errors/service-error.ts';
import type { Platform } from '../platform.ts';
import {
  expiryOf,
  findUnusedToken,
  hasExpired,
  type Origin,
  originColumns,
  spendToken,
  tokenLengths,
} from './life-cycle.ts';
import { pushColumns, type PushTarget } from './push-target.ts';

/** The right to create one account, or to validate one that exists. */
export type AccountCreationToken = Selectable<Database['account_creation_tokens']>;

type TokenPlatform = Pick<Platform, 'db' | 'clock' | 'random'>;

/** A fresh creation token. */
export async function createAccountCreationToken(
  platform: TokenPlatform,
  origin: Origin,
  target?: PushTarget,
): Promise<AccountCreationToken> {
  const id = await insertReturningId(platform.db, 'account_creation_tokens', {
    token: platform.random.token(tokenLengths.accountCreation),
    ...(target === undefined ? {} : pushColumns(target)),
    ...originColumns(origin, platform.clock.now()),
  });
  return getToken(platform.db, id);
}

/** End of life (ms) of a creation token; undefined = for ever. */
export function creationTokenExpiry(
  platform: Pick<Platform, 'config'>,
  token: Pick<AccountCreationToken, 'created_at'>,
): number | undefined {
  return expiryOf(token.created_at, platform.config.expiry.accountCreationTokenMinutes);
}

/**
 * The unused, unexpired token with which an account may be created.
 * @throws ServiceError `validation.failed` on `account_creation_token`
 */
export async function checkAccountCreationToken(
  platform: Pick<Platform, 'db' | 'clock' | 'config'>,
  token: string,
): Promise<AccountCreationToken> {
  const row = await findUnusedToken(platform.db, 'account_creation_tokens', token);
  if (row === undefined) throw invalid({ account_creation_token: 'validation.exists' });
  const minutes = platform.config.expiry.accountCreationTokenMinutes;
  if (hasExpired(row.created_at, minutes, platform.clock.now())) {
    throw invalid({ account_creation_token: 'validation.expired' });
  }
  return row;
}

/**
 * Spends a checked token for the account that is being created, in its transaction.
 * @throws ServiceError `validation.failed` when another creation was faster
 */
export async function spendAccountCreationToken(
  trx: Db,
  token: Pick<AccountCreationToken, 'id'>,
  accountId: number,
  now: number,
): Promise<void> {
  if (!(await spendToken(trx, 'account_creation_tokens', token.id, now))) {
    throw invalid({ account_creation_token: 'validation.exists' });
  }
  await trx
    .updateTable('account_creation_tokens')
    .set({ account_id: accountId })
    .where('id', '=', token.id)
    .execute();
}

/**
 * Spends a token to validate an account that exists: from then on it may ask for codes
 * (flexiapi-core.md §5.4). Its age does not matter.
 * @throws ServiceError `token.not_found`
 */
export async function consumeAccountCreationToken(
  platform: Pick<Platform, 'db' | 'clock'>,
  token: string,
  accountId: number,
  origin: Origin,
): Promise<AccountCreationToken> {
  const now = platform.clock.now();
  return transaction(platform.db, async (trx) => {
    const row = await findUnusedToken(trx, 'account_creation_tokens', token);
    if (row === undefined || row.account_id !== null) throw notFound('token.not_found');
    if (!(await spendToken(trx, 'account_creation_tokens', row.id, now))) {
      throw notFound('token.not_found');
    }
    const { ip, user_agent } = originColumns(origin, now);
    await trx
      .updateTable('account_creation_tokens')
      .set({ account_id: accountId, ip, user_agent, updated_at: toDbDate(now) })
      .where('id', '=', row.id)
      .execute();
    return getToken(trx, row.id);
  });
}

/** Whether the account has spent a creation token: it was made by a human or by an app we know. */
export async function hasConsumedCreationToken(db: Db, accountId: number): Promise<boolean> {
  const row = await db
    .selectFrom('account_creation_tokens')
    .select('id')
    .where('account_id', '=', accountId)
    .where('used', '=', 1)
    .executeTakeFirst();
  return row !== undefined;
}

function getToken(db: Db, id: number): Promise<AccountCreationToken> {
  return db
    .selectFrom('account_creation_tokens')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}
