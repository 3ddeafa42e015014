import { sql } from 'kysely';
import { type StoredPassword, toAlgorithm } from '../accounts/password/password.repository.ts';
import type { Db } from '../db/database.ts';
import { prepare } from '../db/prepared.ts';
import type {
  ProvisionedCredentials,
  ProvisionedExternalAccount,
} from './document/provisioned-account.ts';

type CredentialsKind = 'password' | 'carddav' | 'external';

interface CredentialsRow {
  readonly kind: CredentialsKind;
  readonly position: number;
  readonly username: string | null;
  readonly domain: string | null;
  readonly realm: string | null;
  readonly algorithm: string;
  readonly ha1: string;
  readonly registrar: string | null;
  readonly outbound_proxy: string | null;
  readonly protocol: string | null;
}

/** Hashes of three tables by one query: every document needs them, most accounts have only one. */
const credentialsOfAccount = prepare<{ readonly accountId: number }, CredentialsRow>(
  (db, { accountId }) =>
    db
      .selectFrom('passwords')
      .select([
        sql.lit<CredentialsKind>('password').as('kind'),
        'id as position',
        sql<string | null>`null`.as('username'),
        sql<string | null>`null`.as('domain'),
        sql<string | null>`null`.as('realm'),
        'algorithm',
        'password as ha1',
        sql<string | null>`null`.as('registrar'),
        sql<string | null>`null`.as('outbound_proxy'),
        sql<string | null>`null`.as('protocol'),
      ])
      .where('account_id', '=', accountId)
      .unionAll((query) =>
        query
          .selectFrom('account_carddav_credentials')
          .select([
            sql.lit<CredentialsKind>('carddav').as('kind'),
            'space_carddav_server_id as position',
            'username',
            sql<string | null>`null`.as('domain'),
            'realm',
            'algorithm',
            'password as ha1',
            sql<string | null>`null`.as('registrar'),
            sql<string | null>`null`.as('outbound_proxy'),
            sql<string | null>`null`.as('protocol'),
          ])
          .where('account_id', '=', accountId),
      )
      .unionAll((query) =>
        query
          .selectFrom('external_accounts')
          .select([
            sql.lit<CredentialsKind>('external').as('kind'),
            'id as position',
            'username',
            'domain',
            'realm',
            'algorithm',
            'password as ha1',
            'registrar',
            'outbound_proxy',
            'protocol',
          ])
          .where('account_id', '=', accountId),
      ),
);

/** Everything an account authenticates with. */
export interface AccountCredentials {
  /** Hashes of its password, in storage order. */
  readonly passwords: readonly StoredPassword[];
  /** What it shows to CardDAV servers, in the order of these. */
  readonly cardDav: readonly ProvisionedCredentials[];
  /** The account at a third-party provider, if there is one. */
  readonly external: ProvisionedExternalAccount | undefined;
}

export async function selectAccountCredentials(
  db: Db,
  accountId: number,
): Promise<AccountCredentials> {
  const rows = (await credentialsOfAccount(db, { accountId })).toSorted(
    (a, b) => a.position - b.position,
  );
  const of = (kind: CredentialsKind) => rows.filter((row) => row.kind === kind);
  const [external] = of('external');
  return {
    passwords: of('password').map(({ algorithm, ha1 }) => ({
      algorithm: toAlgorithm(algorithm),
      ha1,
    })),
    cardDav: of('carddav').map((row) => ({
      username: row.username ?? '',
      domain: undefined,
      realm: row.realm ?? '',
      algorithm: toAlgorithm(row.algorithm),
      ha1: row.ha1,
    })),
    external: external === undefined ? undefined : externalFromRow(external),
  };
}

const PROTOCOLS = ['UDP', 'TCP', 'TLS'] as const;

function externalFromRow(row: CredentialsRow): ProvisionedExternalAccount {
  return {
    username: row.username ?? '',
    domain: row.domain ?? '',
    realm: row.realm ?? undefined,
    ha1: row.ha1,
    algorithm: toAlgorithm(row.algorithm),
    registrar: row.registrar ?? undefined,
    outboundProxy: row.outbound_proxy ?? undefined,
    protocol: PROTOCOLS.find((name) => name === row.protocol?.toUpperCase()) ?? 'UDP',
  };
}
