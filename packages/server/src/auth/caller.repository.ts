import type { Db } from '../db/database.ts';
import { prepare } from '../db/prepared.ts';
import { isSameText } from '../db/same-text.ts';
import { whileUnchanged } from '../db/while-unchanged.ts';
import type { SipAddress } from './from-header.ts';
import type { AuthenticationMethod, Caller } from '../http/request-context.ts';

/** The columns that make a caller, wherever `accounts` is joined with `spaces`. */
export const callerColumns = [
  'accounts.id',
  'accounts.username',
  'accounts.domain',
  'accounts.admin',
  'accounts.blocked',
  'spaces.super',
] as const;

export interface CallerRow {
  readonly id: number;
  readonly username: string;
  readonly domain: string;
  readonly admin: number;
  readonly blocked: number;
  /** Null when the account's domain has no space. */
  readonly super: number | null;
}

export function callerFromRow(row: CallerRow, method: AuthenticationMethod): Caller {
  const admin = row.admin === 1;
  return {
    accountId: row.id,
    username: row.username,
    domain: row.domain,
    admin,
    superAdmin: admin && row.super === 1,
    blocked: row.blocked === 1,
    method,
  };
}

export function selectCallers(db: Db) {
  return db
    .selectFrom('accounts')
    .leftJoin('spaces', 'spaces.domain', 'accounts.domain')
    .select(callerColumns);
}

/** The account with this id, in any space. */
export async function selectCallerById(db: Db, id: number): Promise<CallerRow | undefined> {
  return selectCallers(db).where('accounts.id', '=', id).executeTakeFirst();
}

const callersOfAddress = prepare<SipAddress, CallerRow>((db, { username, domain }) =>
  selectCallers(db).where('accounts.username', '=', username).where('accounts.domain', '=', domain),
);

/** The account of an exact SIP address, in any space. */
export const selectCallerByAddress = whileUnchanged(
  async (db, { username, domain }: SipAddress) => {
    const rows = await callersOfAddress(db, { username, domain });
    // MariaDB compares letters of any case as equal.
    return rows.find((row) => row.username === username && row.domain === domain);
  },
  ({ username, domain }) => `${domain} ${username}`,
);

/** The account of an e-mail address in a space; undefined when several share it. */
export async function selectCallerByEmail(
  db: Db,
  email: string,
  domain: string,
): Promise<CallerRow | undefined> {
  const rows = await selectCallers(db)
    .select('accounts.email')
    .where('accounts.email', '=', email)
    .where('accounts.domain', '=', domain)
    .execute();
  const owners = rows.filter((row) => isSameText(row.email, email));
  return owners.length === 1 ? owners[0] : undefined;
}
