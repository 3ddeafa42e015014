import type { Selectable } from 'kysely';
import type { Account } from '../accounts/account.ts';
import { selectAccount } from '../accounts/account.repository.ts';
import type { Database, Db } from '../db/database.ts';
import { toDbDate } from '../db/dates.ts';
import { insertReturningId } from '../db/insert.ts';
import { transaction } from '../db/transaction.ts';
import { notFound } from '../errors/service-error.ts';
import type { Platform } from '../platform.ts';
import type { Space } from '../spaces/space.ts';
import { hasExpired, type Origin, originColumns, tokenLengths } from './life-cycle.ts';

/** A login token: a device shows it, a signed-in one attaches it, the first one redeems it. */
export type AuthToken = Selectable<Database['auth_tokens']>;

/** Life of a login token, counted from its creation. */
export const AUTH_TOKEN_MINUTES = 5;

/** A fresh login token, attached at once when `accountId` is given. */
export async function createAuthToken(
  platform: Pick<Platform, 'db' | 'clock' | 'random'>,
  origin: Origin,
  accountId?: number,
): Promise<AuthToken> {
  const id = await insertReturningId(platform.db, 'auth_tokens', {
    token: platform.random.token(tokenLengths.auth),
    account_id: accountId ?? null,
    ...originColumns(origin, platform.clock.now()),
  });
  return platform.db
    .selectFrom('auth_tokens')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}

/** A token that still lives, attached or not. */
export function findAuthToken(
  platform: Pick<Platform, 'db' | 'clock'>,
  token: string,
): Promise<AuthToken | undefined> {
  return findLivingToken(platform.db, token, platform.clock.now());
}

/**
 * Lets whoever holds the token sign in as the account; works once.
 * @throws ServiceError `token.not_found` when it is unknown, too old or attached
 */
export async function attachAuthToken(
  platform: Pick<Platform, 'db' | 'clock'>,
  token: string,
  accountId: number,
): Promise<void> {
  const row = await findLivingToken(platform.db, token, platform.clock.now());
  if (row === undefined) throw notFound('token.not_found');
  const result = await platform.db
    .updateTable('auth_tokens')
    .set({ account_id: accountId, updated_at: toDbDate(platform.clock.now()) })
    .where('id', '=', row.id)
    .where('account_id', 'is', null)
    .executeTakeFirst();
  if (result.numUpdatedRows !== 1n) throw notFound('token.not_found');
}

/**
 * Redeems an attached token for its account, in the given space; the token is gone afterwards.
 * Undefined, and the token stays, when it is unknown, too old, not attached or of another space.
 */
export async function consumeAuthToken(
  platform: Pick<Platform, 'db' | 'clock'>,
  space: Pick<Space, 'domain'>,
  token: string,
): Promise<Account | undefined> {
  return transaction(platform.db, async (trx) => {
    const found = await findAttachedToken(trx, space, token, platform.clock.now());
    if (found === undefined) return undefined;
    const result = await trx
      .deleteFrom('auth_tokens')
      .where('id', '=', found.row.id)
      .executeTakeFirst();
    return result.numDeletedRows === 1n ? found.account : undefined;
  });
}

/** The account for which `consumeAuthToken` would redeem the token, which stays. */
export async function peekAuthToken(
  platform: Pick<Platform, 'db' | 'clock'>,
  space: Pick<Space, 'domain'>,
  token: string,
): Promise<Account | undefined> {
  return (await findAttachedToken(platform.db, space, token, platform.clock.now()))?.account;
}

/** Forgets the tokens that would sign a device in as the account. */
export async function voidAuthTokens(trx: Db, accountId: number): Promise<void> {
  await trx.deleteFrom('auth_tokens').where('account_id', '=', accountId).execute();
}

async function findAttachedToken(
  db: Db,
  space: Pick<Space, 'domain'>,
  token: string,
  now: number,
): Promise<{ readonly row: AuthToken; readonly account: Account } | undefined> {
  const row = await findLivingToken(db, token, now);
  if (row === undefined || row.account_id === null) return undefined;
  const account = await selectAccount(db, { id: row.account_id, domain: space.domain });
  return account === undefined ? undefined : { row, account };
}

async function findLivingToken(db: Db, token: string, now: number): Promise<AuthToken | undefined> {
  const rows = await db.selectFrom('auth_tokens').selectAll().where('token', '=', token).execute();
  const row = rows.find((candidate) => candidate.token === token);
  if (row === undefined || hasExpired(row.created_at, AUTH_TOKEN_MINUTES, now)) return undefined;
  return row;
}
