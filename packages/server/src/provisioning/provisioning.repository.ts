import type { Db } from '../db/database.ts';
import { toAlgorithm } from '../accounts/password/password.repository.ts';
import type {
  ProvisionedCredentials,
  ProvisionedExternalAccount,
} from './document/provisioned-account.ts';

/** What an account shows to CardDAV servers. */
export async function selectCardDavCredentials(
  db: Db,
  accountId: number,
): Promise<ProvisionedCredentials[]> {
  const rows = await db
    .selectFrom('account_carddav_credentials')
    .select(['username', 'realm', 'algorithm', 'password'])
    .where('account_id', '=', accountId)
    .orderBy('space_carddav_server_id')
    .execute();
  return rows.map((row) => ({
    username: row.username,
    domain: undefined,
    realm: row.realm,
    algorithm: toAlgorithm(row.algorithm),
    ha1: row.password,
  }));
}

const PROTOCOLS = ['UDP', 'TCP', 'TLS'] as const;

/** The account at a third-party provider, if there is one. */
export async function selectExternalAccount(
  db: Db,
  accountId: number,
): Promise<ProvisionedExternalAccount | undefined> {
  const row = await db
    .selectFrom('external_accounts')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    username: row.username,
    domain: row.domain,
    realm: row.realm ?? undefined,
    ha1: row.password,
    algorithm: toAlgorithm(row.algorithm),
    registrar: row.registrar ?? undefined,
    outboundProxy: row.outbound_proxy ?? undefined,
    protocol: PROTOCOLS.find((name) => name === row.protocol.toUpperCase()) ?? 'UDP',
  };
}
