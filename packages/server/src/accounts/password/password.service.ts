import type { Db } from '../../db/database.ts';
import { transaction } from '../../db/transaction.ts';
import { forbidden, invalid, notFound } from '../../errors/service-error.ts';
import { selectSpace } from '../../spaces/space.repository.ts';
import type { Space } from '../../spaces/space.ts';
import type { Account } from '../account.ts';
import { type AccountsPlatform, callHook } from '../account-hooks.ts';
import { selectAccount, setAccountFlags } from '../account.repository.ts';
import { endCredentials } from './end-credentials.ts';
import { hashPassword, matchesPassword } from './hash-password.ts';
import { replacePasswords, selectPasswords, type StoredPassword } from './password.repository.ts';

/** A change of password by the owner of the account. */
export interface PasswordChange {
  readonly password: string;
  /** Needed when the account has a password. */
  readonly oldPassword?: string | undefined;
  /** Nothing, or the algorithm of the space: clients only confirm it. */
  readonly algorithm?: string | undefined;
  /** The user key that makes the request; others of the account end. */
  readonly keepKey?: string | undefined;
}

/**
 * Replaces every password of an account by one under the algorithm of its space; credentials made under
 * the old one end.
 * @throws ServiceError `account.not_found`, `space.no_digest`
 */
export async function setPassword(
  platform: AccountsPlatform,
  accountId: number,
  password: string,
): Promise<Account> {
  const account = await transaction(platform.db, async (trx) => {
    const { account, space } = await load(trx, accountId);
    await replacePasswords(trx, accountId, hashPassword(space, account.username, password));
    await endCredentials(trx, account, platform.clock.now());
    return account;
  });
  await callHook(platform, 'passwordChanged', account);
  return account;
}

/**
 * Replaces every password of an account by hashes that the caller made. Credentials made under the old
 * password end, unless the hashes are of the same one.
 * @throws ServiceError `account.not_found`
 */
export async function setPasswordHashes(
  platform: AccountsPlatform,
  accountId: number,
  hashes: readonly StoredPassword[],
  { samePassword = false }: { readonly samePassword?: boolean } = {},
): Promise<Account> {
  const account = await transaction(platform.db, async (trx) => {
    const account = await selectAccount(trx, { id: accountId });
    if (account === undefined) throw notFound('account.not_found');
    await replacePasswords(trx, accountId, hashes);
    if (!samePassword) await endCredentials(trx, account, platform.clock.now());
    return account;
  });
  await callHook(platform, 'passwordChanged', account);
  return account;
}

/**
 * Changes the password as its owner: the old one is needed when there is one. Success activates the
 * account; FAM did that before it had checked anything (flexiapi-core.md §6.12, §12 number 15).
 * @throws ServiceError `space.no_digest`, `validation.failed`, `account.not_found`
 */
export async function changePassword(
  platform: AccountsPlatform,
  accountId: number,
  change: PasswordChange,
): Promise<Account> {
  const { password, oldPassword, algorithm, keepKey } = change;
  const prove: OwnerProof = async (trx, account, space) => {
    refuseOtherAlgorithm(space, algorithm);
    const stored = await selectPasswords(trx, accountId);
    if (stored.length === 0) return;
    if (oldPassword === undefined) throw invalid({ old_password: 'validation.required' });
    if (!matchesPassword(space, account.username, oldPassword, stored)) {
      throw invalid({ old_password: 'validation.password' });
    }
  };
  return choosePassword(platform, accountId, password, prove, keepKey);
}

/** Whether the owner of an account may choose its password; runs in the transaction of the change, throws when not. */
export type OwnerProof = (trx: Db, account: Account, space: Space) => Promise<void>;

/**
 * Replaces every password of an account by one that its owner has chosen, and activates it: the owner
 * has shown to be there. Credentials made under the old one end, except the user key `keepKey`.
 * @throws ServiceError `space.no_digest`, `account.not_found`, and what `prove` throws
 */
export async function choosePassword(
  platform: AccountsPlatform,
  accountId: number,
  password: string,
  prove: OwnerProof,
  keepKey?: string,
): Promise<Account> {
  const { before, after } = await transaction(platform.db, async (trx) => {
    const { account, space } = await load(trx, accountId);
    await prove(trx, account, space);
    await replacePasswords(trx, accountId, hashPassword(space, account.username, password));
    const now = platform.clock.now();
    await endCredentials(trx, account, now, keepKey);
    await setAccountFlags(trx, accountId, { activated: true }, now);
    const after = await selectAccount(trx, { id: accountId });
    return { before: account, after: after ?? account };
  });
  await callHook(platform, 'passwordChanged', after);
  if (!before.activated) await callHook(platform, 'activated', after);
  return after;
}

/** @throws ServiceError `validation.failed` when `algorithm` is given and not the one of new passwords in the space */
export function refuseOtherAlgorithm(
  space: Pick<Space, 'digest'>,
  algorithm: string | null | undefined,
): void {
  if (algorithm === undefined || algorithm === null) return;
  const only = space.digest?.defaultPasswordAlgorithm;
  if (algorithm === only) return;
  throw invalid({
    algorithm:
      only === undefined
        ? 'validation.absent'
        : { key: 'validation.accepted_values', params: { values: only } },
  });
}

async function load(
  db: Db,
  accountId: number,
): Promise<{ readonly account: Account; readonly space: Space }> {
  const account = await selectAccount(db, { id: accountId });
  if (account === undefined) throw notFound('account.not_found');
  const space = await selectSpace(db, { domain: account.domain });
  if (space?.digest === undefined) throw forbidden('space.no_digest');
  return { account, space };
}
