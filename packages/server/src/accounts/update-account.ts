import type { DtmfProtocol } from '@dialtone/contract';
import { isUniqueViolation } from '../db/sql-errors.ts';
import { transaction } from '../db/transaction.ts';
import { type FieldFault, forbidden, invalid, notFound } from '../errors/service-error.ts';
import { lockSpace, selectSpace } from '../spaces/space.repository.ts';
import { realmOf, type Space } from '../spaces/space.ts';
import type { Account, Dictionary } from './account.ts';
import { checkPhone, emailTaken, usernameTaken } from './account-availability.ts';
import { type AccountsPlatform, callHook } from './account-hooks.ts';
import { selectAccount, updateAccountRow } from './account.repository.ts';
import { usernameFaults } from './account-rules.ts';
import { refuseWhenFull } from './create-account.ts';
import { replaceDictionary } from './dictionary.repository.ts';
import { endCredentials } from './password/end-credentials.ts';
import { hashPassword, matchesPassword } from './password/hash-password.ts';
import { replacePasswords, selectPasswords } from './password/password.repository.ts';

/** What changes of an account: absent fields stay, `null` clears. */
export interface AccountChange {
  readonly username?: string | undefined;
  /** Moves the account to the space of another domain. */
  readonly domain?: string | undefined;
  readonly email?: string | null | undefined;
  readonly phone?: string | null | undefined;
  readonly displayName?: string | null | undefined;
  readonly dtmfProtocol?: DtmfProtocol | null | undefined;
  /** Clear text; replaces every stored password. */
  readonly password?: string | undefined;
  /** A user key that goes on working when the password changes. */
  readonly keepKey?: string | undefined;
  /** Replaces all entries. */
  readonly dictionary?: Dictionary | undefined;
  readonly activated?: boolean | undefined;
  readonly admin?: boolean | undefined;
  readonly blocked?: boolean | undefined;
  readonly userAgent?: string | undefined;
  /** Lift the rule against usernames that are phone numbers. */
  readonly allowPhoneNumberUsername?: boolean | undefined;
}

/**
 * Changes an account by the rules of flexiapi-core.md §6.5. Its passwords are bound to username and
 * realm: a change of either without a new password drops them, since no client could use them any
 * more (§12 number 26).
 * @throws ServiceError `account.not_found`, `space.unknown_domain`, `space.full`, `validation.failed`
 */
export async function updateAccount(
  platform: AccountsPlatform,
  accountId: number,
  change: AccountChange,
): Promise<Account> {
  const { before, after } = await writeOnce(() =>
    transaction(platform.db, (trx) => applyChange({ ...platform, db: trx }, accountId, change)),
  );
  await callHook(platform, 'edited', after);
  if (!before.activated && after.activated) await callHook(platform, 'activated', after);
  if (change.password !== undefined) await callHook(platform, 'passwordChanged', after);
  return after;
}

async function applyChange(
  platform: AccountsPlatform,
  id: number,
  change: AccountChange,
): Promise<{ readonly before: Account; readonly after: Account }> {
  const { db } = platform;
  const now = platform.clock.now();
  const before = await selectAccount(db, { id });
  if (before === undefined) throw notFound('account.not_found');
  const space = await selectSpace(db, { domain: change.domain ?? before.domain });
  if (space === undefined) throw forbidden('space.unknown_domain');
  // Spelled as the space spells it: databases find it in letters of any case.
  const { domain } = space;
  const moves = domain !== before.domain;
  if (moves || isSet(change.email) || isSet(change.phone)) await lockSpace(db, domain);
  if (moves) await refuseWhenFull(db, space);
  const merged: Account = {
    ...before,
    domain,
    username: change.username ?? before.username,
    email: merge(change.email, before.email),
    displayName: merge(change.displayName, before.displayName),
    dtmfProtocol: merge(change.dtmfProtocol, before.dtmfProtocol),
    phone: merge(change.phone, before.phone),
    activated: change.activated ?? before.activated,
    admin: change.admin ?? before.admin,
    blocked: change.blocked ?? before.blocked,
    userAgent: change.userAgent ?? before.userAgent,
  };
  const phone = await checkFields(platform, space, before, merged, change);
  await updateAccountRow(db, id, { ...merged, phone }, now);
  await updatePasswords(platform, space, before, merged, change);
  if (change.dictionary !== undefined) await replaceDictionary(db, id, change.dictionary, now);
  const after = await selectAccount(db, { id });
  if (after === undefined) throw notFound('account.not_found');
  return { before, after };
}

/** An administrator who sends the old password along, as a move demands, ends no credentials by that. */
async function updatePasswords(
  { db, clock }: AccountsPlatform,
  space: Space,
  before: Account,
  after: Account,
  { password, keepKey }: Pick<AccountChange, 'password' | 'keepKey'>,
): Promise<void> {
  const oldSpace =
    before.domain === after.domain ? space : await selectSpace(db, { domain: before.domain });
  if (password !== undefined) {
    const stored = await selectPasswords(db, after.id);
    await replacePasswords(db, after.id, hashPassword(space, after.username, password));
    const same =
      oldSpace !== undefined && matchesPassword(oldSpace, before.username, password, stored);
    if (!same) await endCredentials(db, before, clock.now(), keepKey);
    return;
  }
  const unusable =
    before.username !== after.username ||
    oldSpace === undefined ||
    realmOf(oldSpace) !== realmOf(space);
  if (unusable) await replacePasswords(db, after.id, []);
}

/** Checks what changes and returns the phone number as it is stored. */
async function checkFields(
  platform: AccountsPlatform,
  space: Space,
  before: Account,
  after: Account,
  change: AccountChange,
): Promise<string | undefined> {
  const { db, config } = platform;
  const faults: Record<string, FieldFault | FieldFault[]> = {};
  const except = { exceptId: before.id };
  const moves = before.domain !== after.domain;
  if (change.username !== undefined || moves) {
    const username: FieldFault[] = usernameFaults(config.accounts, after.username, {
      allowPhoneNumber: change.allowPhoneNumberUsername ?? false,
    });
    if (await usernameTaken(db, space.domain, after.username, { ...except, tombstones: false })) {
      username.push('validation.unique');
    }
    if (username.length > 0) faults['username'] = username;
  }
  if (after.email !== undefined && (moves || after.email !== before.email)) {
    if (await emailTaken(db, space, after.email, except)) faults['email'] = 'validation.unique';
  }
  let { phone } = after;
  if (phone !== undefined && (moves || phone !== before.phone)) {
    const checked = await checkPhone(db, space.domain, phone, except);
    if ('fault' in checked) faults['phone'] = checked.fault;
    else phone = checked.e164;
  }
  if (Object.keys(faults).length > 0) throw invalid(faults);
  return phone;
}

/** Only the address has a unique key, so a violation means that another writer just took it. */
async function writeOnce<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (isUniqueViolation(error)) throw invalid({ username: 'validation.unique' });
    throw error;
  }
}

function merge<T>(change: T | null | undefined, current: T | undefined): T | undefined {
  return change === undefined ? current : (change ?? undefined);
}

function isSet<T>(change: T | null | undefined): change is T {
  return change !== undefined && change !== null;
}
