import type { DtmfProtocol } from '@dialtone/contract';
import type { Db } from '../db/database.ts';
import { isUniqueViolation } from '../db/sql-errors.ts';
import { groupedTransaction } from '../db/grouped-transaction.ts';
import { type FieldFault, forbidden, invalid } from '../errors/service-error.ts';
import type { Space } from '../spaces/space.ts';
import { countAccountsOfDomain, lockSpace } from '../spaces/space.repository.ts';
import { createProvisioningToken } from '../tokens/provisioning-token.ts';
import type { Account, Dictionary } from './account.ts';
import { checkPhone, emailTaken, usernameTaken } from './account-availability.ts';
import { type AccountsPlatform, callHook } from './account-hooks.ts';
import { insertAccount, selectAccount } from './account.repository.ts';
import { usernameFaults } from './account-rules.ts';
import { insertDictionary } from './dictionary.repository.ts';
import { hashPassword } from './password/hash-password.ts';
import { insertPasswords, type StoredPassword } from './password/password.repository.ts';

/** An account to create. */
export interface NewAccount {
  readonly username: string;
  /** Clear text, any characters; stored as HA1 under the algorithm and realm of the space. */
  readonly password?: string | undefined;
  /** Hashes made by the caller, instead of `password` (XML-RPC clients, imports). */
  readonly hashes?: readonly StoredPassword[] | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly displayName?: string | undefined;
  readonly dtmfProtocol?: DtmfProtocol | undefined;
  readonly dictionary?: Dictionary | undefined;
  readonly activated?: boolean | undefined;
  readonly admin?: boolean | undefined;
  /** Address of the client that asks for the account. */
  readonly ipAddress: string;
  /** Its software; default: the name of the space. */
  readonly userAgent?: string | undefined;
  /** Lift the rule against usernames that are phone numbers. */
  readonly allowPhoneNumberUsername?: boolean | undefined;
}

/** A step that belongs to the creation: runs in its transaction, after the account exists. */
export type CreationStep = (trx: Db, accountId: number) => Promise<void>;

/**
 * Creates an account in `space` by the rules of flexiapi-core.md §6.2, with its first provisioning
 * token. All of it happens, `step` included, or nothing; of simultaneous calls for one address
 * exactly one succeeds.
 * @throws ServiceError `space.full`, `validation.failed`
 */
export async function createAccount(
  platform: AccountsPlatform,
  space: Space,
  input: NewAccount,
  step?: CreationStep,
): Promise<Account> {
  const account = await insertOnce(platform, space, input, () =>
    groupedTransaction(platform.db, async (trx) => {
      const { id, account } = await insertChecked({ ...platform, db: trx }, space, input);
      await step?.(trx, id);
      return account;
    }),
  );
  await callHook(platform, 'created', account);
  return account;
}

/** @throws ServiceError `space.full` when the space has as many accounts as it may have. */
export async function refuseWhenFull(db: Db, space: Space): Promise<void> {
  if (space.maxAccounts <= 0) return;
  if ((await countAccountsOfDomain(db, space.domain)) >= space.maxAccounts) {
    throw forbidden('space.full');
  }
}

async function insertChecked(
  platform: AccountsPlatform,
  space: Space,
  input: NewAccount,
): Promise<{ readonly id: number; readonly account: Account }> {
  const { db } = platform;
  const now = platform.clock.now();
  // Rules without a unique key behind them are checked by one creation at a time.
  if (space.maxAccounts > 0 || input.email !== undefined || input.phone !== undefined) {
    await lockSpace(db, space.domain);
  }
  await refuseWhenFull(db, space);
  const phone = await checkFields(platform, space, input);
  const id = await insertAccount(
    db,
    {
      username: input.username,
      domain: space.domain,
      email: input.email,
      phone,
      displayName: input.displayName,
      dtmfProtocol: input.dtmfProtocol,
      activated: input.activated ?? false,
      admin: input.admin ?? false,
      blocked: false,
      ipAddress: input.ipAddress,
      userAgent: input.userAgent ?? space.name,
    },
    now,
  );
  await insertPasswords(db, id, passwordsOf(space, input));
  await createProvisioningToken(platform, id, {
    ip: input.ipAddress,
    userAgent: input.userAgent,
  });
  if (input.dictionary !== undefined) await insertDictionary(db, id, input.dictionary, now);
  const account = await selectAccount(db, { id });
  if (account === undefined) throw new Error(`account ${id} vanished while it was created`);
  return { id, account };
}

function passwordsOf(space: Space, input: NewAccount): readonly StoredPassword[] {
  if (input.hashes !== undefined) return input.hashes;
  if (input.password === undefined) return [];
  return hashPassword(space, input.username, input.password);
}

/** Checks every field and returns the phone number as it is stored. */
async function checkFields(
  platform: AccountsPlatform,
  space: Space,
  input: NewAccount,
): Promise<string | undefined> {
  const { db, config } = platform;
  const { domain } = space;
  const username: FieldFault[] = usernameFaults(config.accounts, input.username, {
    allowPhoneNumber: input.allowPhoneNumberUsername ?? false,
  });
  if (await usernameTaken(db, domain, input.username, { tombstones: true })) {
    username.push('validation.unique');
  }
  const faults: Record<string, FieldFault | FieldFault[]> = {};
  if (username.length > 0) faults['username'] = username;
  if (input.email !== undefined && (await emailTaken(db, space, input.email))) {
    faults['email'] = 'validation.unique';
  }
  const phone = input.phone === undefined ? undefined : await checkPhone(db, domain, input.phone);
  if (phone !== undefined && 'fault' in phone) faults['phone'] = phone.fault;
  if (Object.keys(faults).length > 0) throw invalid(faults);
  return phone !== undefined && 'e164' in phone ? phone.e164 : undefined;
}

/** The unique key decides between simultaneous creations; its losers are told like latecomers. */
async function insertOnce<T>(
  platform: AccountsPlatform,
  space: Space,
  input: NewAccount,
  insert: () => Promise<T>,
): Promise<T> {
  try {
    return await insert();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    await checkFields(platform, space, input);
    throw error;
  }
}
