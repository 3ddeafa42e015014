import type { Db } from '../../db/database.ts';
import { fromDbDate } from '../../db/dates.ts';
import { prepare } from '../../db/prepared.ts';
import { isSameText } from '../../db/same-text.ts';
import { type StoredPassword, toAlgorithm } from './password.repository.ts';

/** All that SIP and HTTP digest need to know of an account. */
export interface Credentials {
  readonly accountId: number;
  /** Spelled as stored: the username in HA1. */
  readonly username: string;
  readonly domain: string;
  readonly realm: string;
  /** In storage order, the order in which they are offered. */
  readonly passwords: readonly StoredPassword[];
  readonly activated: boolean;
  readonly blocked: boolean;
  /** When its space stops answering. */
  readonly expireAt: number | undefined;
}

interface CredentialsRow {
  readonly id: number;
  readonly username: string;
  readonly domain: string;
  readonly activated: number;
  readonly blocked: number;
  readonly expire_at: string | null;
  readonly digest_id: number | null;
  readonly realm: string | null;
  readonly password: string | null;
  readonly algorithm: string | null;
}

const credentialsOf = prepare<
  { readonly username: string; readonly domain: string },
  CredentialsRow
>((db, { username, domain }) =>
  db
    .selectFrom('accounts')
    .innerJoin('spaces', 'spaces.domain', 'accounts.domain')
    .leftJoin(
      'space_digest_authentication_configurations as digest',
      'digest.space_id',
      'spaces.id',
    )
    .leftJoin('passwords', 'passwords.account_id', 'accounts.id')
    .select([
      'accounts.id',
      'accounts.username',
      'accounts.domain',
      'accounts.activated',
      'accounts.blocked',
      'spaces.expire_at',
      'digest.id as digest_id',
      'digest.realm',
      'passwords.password',
      'passwords.algorithm',
    ])
    .where('accounts.username', '=', username)
    .where('accounts.domain', '=', domain)
    .orderBy('digest.id')
    .orderBy('passwords.id'),
);

/** The credentials of `username@domain` in one query; undefined when there is no such account. */
export async function findCredentials(
  db: Db,
  username: string,
  domain: string,
): Promise<Credentials | undefined> {
  const rows = (await credentialsOf(db, { username, domain })).filter(
    (row) => isSameText(row.username, username) && isSameText(row.domain, domain),
  );
  const [first] = rows;
  if (first === undefined) return undefined;
  const passwords: StoredPassword[] = [];
  for (const { digest_id, password, algorithm } of rows) {
    // The database allows several digest rows for one space; the oldest counts.
    if (password === null || digest_id !== first.digest_id) continue;
    passwords.push({ algorithm: toAlgorithm(algorithm ?? ''), ha1: password });
  }
  return {
    accountId: first.id,
    username: first.username,
    domain: first.domain,
    realm: first.realm || first.domain,
    passwords,
    activated: first.activated === 1,
    blocked: first.blocked === 1,
    expireAt: first.expire_at === null ? undefined : fromDbDate(first.expire_at),
  };
}
