import { transaction } from '../db/transaction.ts';
import { notFound } from '../errors/service-error.ts';
import type { Account } from './account.ts';
import { type AccountsPlatform, callHook } from './account-hooks.ts';
import { lockAccount, selectAccount, updateAccountRow } from './account.repository.ts';

/**
 * Makes an account an administrator of its space, or an ordinary user again.
 * @throws ServiceError `account.not_found`
 */
export async function setAdmin(
  platform: AccountsPlatform,
  accountId: number,
  admin: boolean,
): Promise<{ readonly account: Account; readonly changed: boolean }> {
  const { before, after } = await transaction(platform.db, async (trx) => {
    await lockAccount(trx, accountId);
    const before = await selectAccount(trx, { id: accountId });
    if (before === undefined) throw notFound('account.not_found');
    const after = { ...before, admin };
    if (before.admin !== admin) await updateAccountRow(trx, accountId, after, platform.clock.now());
    return { before, after };
  });
  const changed = before.admin !== admin;
  if (changed) await callHook(platform, 'edited', after);
  return { account: after, changed };
}
