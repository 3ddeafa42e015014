import { toDbDate } from '../db/dates.ts';
import { transaction } from '../db/transaction.ts';
import { invalid, notFound, type ServiceError } from '../errors/service-error.ts';
import type { Platform } from '../platform.ts';
import { type AccountCreationToken, createAccountCreationToken } from './account-creation-token.ts';
import {
  findUnusedToken,
  type Origin,
  originColumns,
  spendToken,
  tokenLengths,
} from './life-cycle.ts';

type TokenPlatform = Pick<Platform, 'db' | 'clock' | 'random'>;

/** A fresh request token: worth a creation token once a human has validated it. */
export async function createRequestToken(platform: TokenPlatform, origin: Origin): Promise<string> {
  const token = platform.random.token(tokenLengths.accountCreationRequest);
  await platform.db
    .insertInto('account_creation_request_tokens')
    .values({ token, ...originColumns(origin, platform.clock.now()) })
    .execute();
  return token;
}

/** Whether the token may still be validated on its page. */
export async function isRequestTokenOpen(
  platform: Pick<Platform, 'db'>,
  token: string,
): Promise<boolean> {
  return (
    (await findUnusedToken(platform.db, 'account_creation_request_tokens', token)) !== undefined
  );
}

/** Records that a human stands behind the token; false when it is unknown or used. */
export async function validateRequestToken(
  platform: Pick<Platform, 'db' | 'clock'>,
  token: string,
): Promise<boolean> {
  const row = await findUnusedToken(platform.db, 'account_creation_request_tokens', token);
  if (row === undefined) return false;
  const date = toDbDate(platform.clock.now());
  const result = await platform.db
    .updateTable('account_creation_request_tokens')
    .set({ validated_at: date, updated_at: date })
    .where('id', '=', row.id)
    .where('used', '=', 0)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/**
 * Exchanges a validated request token for a creation token (flexiapi-core.md §5.3).
 * @throws ServiceError `validation.failed` when it is unknown or used, `token.not_validated`
 */
export async function exchangeRequestToken(
  platform: TokenPlatform,
  token: string,
  origin: Origin,
): Promise<AccountCreationToken> {
  return transaction(platform.db, async (trx) => {
    const row = await findUnusedToken(trx, 'account_creation_request_tokens', token);
    if (row === undefined) throw unknown();
    if (row.validated_at === null) throw notFound('token.not_validated');
    const now = platform.clock.now();
    if (!(await spendToken(trx, 'account_creation_request_tokens', row.id, now))) throw unknown();
    const creation = await createAccountCreationToken({ ...platform, db: trx }, origin);
    await trx
      .updateTable('account_creation_request_tokens')
      .set({ acc_creation_token_id: creation.id })
      .where('id', '=', row.id)
      .execute();
    return creation;
  });
}

function unknown(): ServiceError {
  return invalid({ account_creation_request_token: 'validation.exists' });
}
