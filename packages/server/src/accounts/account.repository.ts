import { dtmfProtocols } from '@dialtone/contract';
import type { CompiledQuery, Selectable, Updateable } from 'kysely';
import { type Flag, toFlag } from '../db/column-types.ts';
import type { Database, Db } from '../db/database.ts';
import { fromDbDate, toDbDate } from '../db/dates.ts';
import { insertReturningId } from '../db/insert.ts';
import { prepare, prepareText } from '../db/prepared.ts';
import { isSameText } from '../db/same-text.ts';
import type { Account } from './account.ts';

/** What finds accounts; every given part must match. */
export interface AccountKey {
  readonly id?: number;
  readonly username?: string;
  readonly domain?: string;
  readonly email?: string;
  readonly phone?: string;
}

/** The stored fields of an account that are not its own to count or date. */
export type AccountFields = Omit<Account, 'id' | 'createdAt' | 'updatedAt'>;

function selectAccounts(db: Db, key: AccountKey) {
  let query = db.selectFrom('accounts').selectAll();
  if (key.id !== undefined) query = query.where('id', '=', key.id);
  if (key.username !== undefined) query = query.where('username', '=', key.username);
  if (key.domain !== undefined) query = query.where('domain', '=', key.domain);
  if (key.email !== undefined) query = query.where('email', '=', key.email);
  if (key.phone !== undefined) query = query.where('phone', '=', key.phone);
  return query;
}

const accountsOfKey = prepare<AccountKey, Selectable<Database['accounts']>>((db, key) =>
  selectAccounts(db, key).orderBy('id'),
);

/** The account that `key` identifies; the oldest one when several match. */
export async function selectAccount(db: Db, key: AccountKey): Promise<Account | undefined> {
  const row = (await accountsOfKey(db, key)).find((candidate) => isMeant(candidate, key));
  return row === undefined ? undefined : accountFromRow(row);
}

/** The accounts that keep an address from others: on MariaDB also those that only look like it. */
export async function selectHolders(
  db: Db,
  { username, domain }: Address,
): Promise<{ readonly id: number }[]> {
  return accountsOfKey(db, { username, domain });
}

function isMeant(row: Selectable<Database['accounts']>, key: AccountKey): boolean {
  const { username, domain, email, phone } = key;
  return (
    (username === undefined || isSameText(row.username, username)) &&
    (domain === undefined || isSameText(row.domain, domain)) &&
    (email === undefined || isSameText(row.email, email)) &&
    (phone === undefined || isSameText(row.phone, phone))
  );
}

/** All accounts of a domain with an e-mail address; several where addresses need not be unique. */
export async function selectAccountsByEmail(
  db: Db,
  email: string,
  domain: string,
): Promise<Account[]> {
  const rows = await selectAccounts(db, { email, domain }).orderBy('id').execute();
  return rows.filter((row) => isSameText(row.email, email)).map((row) => accountFromRow(row));
}

/** Accounts of a domain in the order of creation. */
export async function selectAccountsOfDomain(
  db: Db,
  domain: string,
  range: { readonly offset: number; readonly limit: number },
): Promise<Account[]> {
  const rows = await selectAccounts(db, { domain })
    .orderBy('id')
    .offset(range.offset)
    .limit(range.limit)
    .execute();
  return rows.map((row) => accountFromRow(row));
}

/** @throws a unique violation when the address is taken */
export async function insertAccount(db: Db, fields: AccountFields, now: number): Promise<number> {
  return insertReturningId(db, 'accounts', {
    ...columnsOf(fields),
    created_at: toDbDate(now),
    updated_at: toDbDate(now),
  });
}

/** @throws a unique violation when the address is taken */
export async function updateAccountRow(
  db: Db,
  id: number,
  fields: AccountFields,
  now: number,
): Promise<void> {
  const values: Updateable<Database['accounts']> = {
    ...columnsOf(fields),
    updated_at: toDbDate(now),
  };
  await db.updateTable('accounts').set(values).where('id', '=', id).execute();
}

/** One change of an account at a time: others wait until this transaction ends. */
export async function lockAccount(trx: Db, id: number): Promise<void> {
  await trx
    .updateTable('accounts')
    .set((set) => ({ updated_at: set.ref('updated_at') }))
    .where('id', '=', id)
    .execute();
}

interface FlagColumns {
  readonly id: number;
  readonly activated?: Flag | undefined;
  readonly blocked?: Flag | undefined;
  readonly updated_at: string;
}

const updateFlags = prepareText<FlagColumns, unknown>((db, { id, ...columns }) =>
  db.updateTable('accounts').set(columns).where('id', '=', id),
);

/** Switches of an account that change by themselves. */
export interface AccountFlags {
  readonly activated?: boolean;
  readonly blocked?: boolean;
}

/** Sets the given switches. */
export async function setAccountFlags(
  db: Db,
  id: number,
  flags: AccountFlags,
  now: number,
): Promise<void> {
  await db.executeQuery(flagsUpdate(db, id, flags, now));
}

/** The statement that sets the given switches. */
export function flagsUpdate(
  db: Db,
  id: number,
  { activated, blocked }: AccountFlags,
  now: number,
): CompiledQuery {
  return updateFlags(db, {
    id,
    activated: activated === undefined ? undefined : toFlag(activated),
    blocked: blocked === undefined ? undefined : toFlag(blocked),
    updated_at: toDbDate(now),
  });
}

/** Deletes the account and, by cascade, all that hangs below it. False when there was none. */
export async function deleteAccountRow(db: Db, id: number): Promise<boolean> {
  const result = await db.deleteFrom('accounts').where('id', '=', id).executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Statistics have no key to accounts: those that the account caused go with it. */
export async function deleteStatisticsFrom(
  db: Db,
  account: Pick<Account, 'username' | 'domain'>,
): Promise<void> {
  for (const table of ['statistics_messages', 'statistics_calls'] as const) {
    await db
      .deleteFrom(table)
      .where('from_username', '=', account.username)
      .where('from_domain', '=', account.domain)
      .execute();
  }
}

/** Remembers the address of a deleted account, so that nobody else gets it too soon. */
export async function insertTombstone(
  db: Db,
  account: Pick<Account, 'username' | 'domain'>,
  now: number,
): Promise<void> {
  // MariaDB's unique key has no room for what looks like one that is there.
  if ((await tombstones(db, { username: account.username, domain: account.domain })).length > 0) {
    return;
  }
  await db
    .insertInto('accounts_tombstones')
    .values({
      username: account.username,
      domain: account.domain,
      created_at: toDbDate(now),
      updated_at: toDbDate(now),
    })
    .execute();
}

type Address = Pick<Account, 'username' | 'domain'>;

const tombstones = prepare<Address, Address>((db, { username, domain }) =>
  db
    .selectFrom('accounts_tombstones')
    .select(['username', 'domain'])
    .where('username', '=', username)
    .where('domain', '=', domain),
);

export async function hasTombstone(db: Db, { username, domain }: Address): Promise<boolean> {
  return (await tombstones(db, { username, domain })).some((row) =>
    isSameText(row.username, username),
  );
}

function columnsOf(fields: AccountFields) {
  return {
    username: fields.username,
    domain: fields.domain,
    email: fields.email ?? null,
    activated: toFlag(fields.activated),
    ip_address: fields.ipAddress.slice(0, 39),
    user_agent: fields.userAgent.slice(0, 256),
    display_name: fields.displayName ?? null,
    dtmf_protocol: fields.dtmfProtocol ?? null,
    blocked: toFlag(fields.blocked),
    admin: toFlag(fields.admin),
    phone: fields.phone ?? null,
  };
}

/** The domain object of a row. */
export function accountFromRow(row: Selectable<Database['accounts']>): Account {
  return {
    id: row.id,
    username: row.username,
    domain: row.domain,
    email: row.email ?? undefined,
    activated: row.activated === 1,
    ipAddress: row.ip_address,
    userAgent: row.user_agent,
    createdAt: fromDbDate(row.created_at),
    updatedAt: row.updated_at === null ? undefined : fromDbDate(row.updated_at),
    displayName: row.display_name ?? undefined,
    dtmfProtocol: dtmfProtocols.find((protocol) => protocol === row.dtmf_protocol),
    blocked: row.blocked === 1,
    admin: row.admin === 1,
    phone: row.phone ?? undefined,
  };
}
