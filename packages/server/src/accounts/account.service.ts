import type { Db } from '../db/database.ts';
import { transaction } from '../db/transaction.ts';
import { notFound } from '../errors/service-error.ts';
import type { Platform } from '../platform.ts';
import type { Space } from '../spaces/space.ts';
import { countAccountsOfDomain } from '../spaces/space.repository.ts';
import { type Account, parseAddress } from './account.ts';
import { type AccountsPlatform, callHook } from './account-hooks.ts';
import {
  deleteAccountRow,
  deleteStatisticsFrom,
  insertTombstone,
  selectAccount,
  selectAccountsOfDomain,
  setAccountFlags,
} from './account.repository.ts';

type Reader = Pick<Platform, 'db'>;

/** The account of any domain with this id. */
export function findAccountById(platform: Reader, id: number): Promise<Account | undefined> {
  return selectAccount(platform.db, { id });
}

/** The account with this SIP address. */
export function findAccountByAddress(
  platform: Reader,
  username: string,
  domain: string,
): Promise<Account | undefined> {
  return selectAccount(platform.db, { username, domain });
}

/** The account with this number as its phone, in one domain. */
export function findAccountByPhone(
  platform: Reader,
  phone: string,
  domain: string,
): Promise<Account | undefined> {
  return selectAccount(platform.db, { phone, domain });
}

/** The account with this e-mail address, exactly, in one domain. */
export function findAccountByEmail(
  platform: Reader,
  email: string,
  domain: string,
): Promise<Account | undefined> {
  return selectAccount(platform.db, { email, domain });
}

/**
 * The account with this id in `space`; ids of other spaces look like unknown ones.
 * @throws ServiceError `account.not_found`
 */
export async function getAccountInSpace(
  platform: Reader,
  space: Pick<Space, 'domain'>,
  id: number,
): Promise<Account> {
  const account = await selectAccount(platform.db, { id, domain: space.domain });
  if (account === undefined) throw notFound('account.not_found');
  return account;
}

/**
 * The account of `user@domain` in `space`.
 * @throws ServiceError `account.not_found`, also for an address with a scheme or of another space
 */
export async function searchAccount(
  platform: Reader,
  space: Pick<Space, 'domain'>,
  address: string,
): Promise<Account> {
  const parts = parseAddress(address);
  if (parts?.domain.toLowerCase() !== space.domain) throw notFound('account.not_found');
  const account = await selectAccount(platform.db, parts);
  if (account === undefined) throw notFound('account.not_found');
  return account;
}

/** Some accounts of a domain in the order of creation, and how many there are in all. */
export async function listAccounts(
  platform: Reader,
  domain: string,
  range: { readonly offset: number; readonly limit: number },
): Promise<{ readonly accounts: readonly Account[]; readonly total: number }> {
  const total = await countAccountsOfDomain(platform.db, domain);
  if (range.offset >= total) return { accounts: [], total };
  return { accounts: await selectAccountsOfDomain(platform.db, domain, range), total };
}

/** @throws ServiceError `account.not_found` */
export async function activateAccount(
  platform: AccountsPlatform,
  accountId: number,
): Promise<Account> {
  const { before, after } = await setFlags(platform, accountId, { activated: true });
  if (!before.activated) await callHook(platform, 'activated', after);
  return after;
}

/** @throws ServiceError `account.not_found` */
export async function deactivateAccount(
  platform: AccountsPlatform,
  accountId: number,
): Promise<Account> {
  return (await setFlags(platform, accountId, { activated: false })).after;
}

/** Refuses the account at the user API. @throws ServiceError `account.not_found` */
export async function blockAccount(
  platform: AccountsPlatform,
  accountId: number,
): Promise<Account> {
  return (await setFlags(platform, accountId, { blocked: true })).after;
}

/** @throws ServiceError `account.not_found` */
export async function unblockAccount(
  platform: AccountsPlatform,
  accountId: number,
): Promise<Account> {
  return (await setFlags(platform, accountId, { blocked: false })).after;
}

async function setFlags(
  platform: AccountsPlatform,
  id: number,
  flags: { readonly activated?: boolean; readonly blocked?: boolean },
): Promise<{ readonly before: Account; readonly after: Account }> {
  return transaction(platform.db, async (trx) => {
    const before = await getAccount(trx, id);
    await setAccountFlags(trx, id, flags, platform.clock.now());
    return { before, after: await getAccount(trx, id) };
  });
}

/**
 * Deletes an account with all that hangs below it and leaves a tombstone: the address cannot be
 * created again until maintenance clears it (flexiapi-core.md §6.7).
 * @throws ServiceError `account.not_found`
 */
export async function deleteAccount(
  platform: AccountsPlatform,
  accountId: number,
): Promise<Account> {
  const account = await transaction(platform.db, async (trx) => {
    const account = await getAccount(trx, accountId);
    // Of two simultaneous deletions the one that removes the row goes on.
    if (!(await deleteAccountRow(trx, accountId))) throw notFound('account.not_found');
    await insertTombstone(trx, account, platform.clock.now());
    await deleteStatisticsFrom(trx, account);
    return account;
  });
  await callHook(platform, 'deleted', account);
  return account;
}

async function getAccount(db: Db, id: number): Promise<Account> {
  const account = await selectAccount(db, { id });
  if (account === undefined) throw notFound('account.not_found');
  return account;
}
