import type { PasswordAlgorithm } from '@dialtone/contract';
import type { Selectable } from 'kysely';
import type { Database, Db } from '../../db/database.ts';
import { toDbDate } from '../../db/dates.ts';
import { prepare } from '../../db/prepared.ts';
import { type CarddavServer, carddavServerFromRow } from './carddav-server.repository.ts';

/** What an account proves itself with at a CardDAV directory; never the clear password. */
export interface CarddavCredentials {
  readonly serverId: number;
  readonly username: string;
  readonly realm: string;
  readonly algorithm: PasswordAlgorithm;
  /** H(username:realm:password), lower-case hexadecimal. */
  readonly ha1: string;
}

/** A directory for which an account has credentials. */
export interface AccountCarddavServer {
  readonly account_id: number;
  readonly server: CarddavServer;
  readonly credentials: CarddavCredentials;
}

interface ServerRow extends Selectable<Database['space_carddav_servers']> {
  readonly account_id: number;
  readonly username: string;
  readonly realm: string;
  readonly algorithm: string;
  readonly password: string;
}

const serversOfAccounts = prepare<readonly number[], ServerRow>((db, accountIds) =>
  db
    .selectFrom('account_carddav_credentials as credentials')
    .innerJoin('space_carddav_servers', 'space_carddav_servers.id', 'space_carddav_server_id')
    .selectAll('space_carddav_servers')
    .select([
      'credentials.account_id',
      'credentials.username',
      'credentials.realm',
      'credentials.algorithm',
      'credentials.password',
    ])
    .where('credentials.account_id', 'in', accountIds)
    .orderBy('space_carddav_servers.id'),
);

/** Directories with credentials of the given accounts, in the order of their creation. */
export async function selectCarddavServersOfAccounts(
  db: Db,
  accountIds: readonly number[],
): Promise<AccountCarddavServer[]> {
  const rows = await serversOfAccounts(db, accountIds);
  return rows.map((row) => ({
    account_id: row.account_id,
    server: carddavServerFromRow(row),
    credentials: {
      serverId: row.id,
      username: row.username,
      realm: row.realm,
      algorithm: row.algorithm === 'SHA-256' ? 'SHA-256' : 'MD5',
      ha1: row.password,
    },
  }));
}

/** Stores the credentials of an account at a directory in place of earlier ones. */
export async function replaceCarddavCredentials(
  trx: Db,
  accountId: number,
  credentials: CarddavCredentials,
  now: number,
): Promise<void> {
  await deleteCarddavCredentials(trx, accountId, credentials.serverId);
  await trx
    .insertInto('account_carddav_credentials')
    .values({
      account_id: accountId,
      space_carddav_server_id: credentials.serverId,
      username: credentials.username,
      realm: credentials.realm,
      algorithm: credentials.algorithm,
      password: credentials.ha1,
      created_at: toDbDate(now),
      updated_at: toDbDate(now),
    })
    .execute();
}

/** False when there were none. */
export async function deleteCarddavCredentials(
  db: Db,
  accountId: number,
  serverId: number,
): Promise<boolean> {
  const result = await db
    .deleteFrom('account_carddav_credentials')
    .where('account_id', '=', accountId)
    .where('space_carddav_server_id', '=', serverId)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}
