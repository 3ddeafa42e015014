import { type PasswordAlgorithm, recordOf, spaceSwitches } from '@dialtone/contract';
import type { Insertable, Selectable, Updateable } from 'kysely';
import { toFlag } from '../db/column-types.ts';
import type { Database, Db } from '../db/database.ts';
import { fromDbDate, toDbDate } from '../db/dates.ts';
import { prepare } from '../db/prepared.ts';
import { isSameText } from '../db/same-text.ts';
import { whileUnchanged } from '../db/while-unchanged.ts';
import type {
  DigestConfiguration,
  OidcConfiguration,
  Space,
  SpaceDoors,
  SpaceSettings,
} from './space.ts';

type SpacesRow = Selectable<Database['spaces']>;

interface ConfigurationColumns {
  readonly digest_id: number | null;
  readonly digest_realm: string | null;
  readonly digest_algorithm: string | null;
  readonly oidc_server_url: string | null;
  readonly oidc_realm: string | null;
  readonly oidc_sip_identifier: string | null;
  readonly oidc_public_key: string | null;
  readonly oidc_client_id: string | null;
  readonly oidc_client_secret: string | null;
  readonly oidc_auto_provisioning: number | null;
  readonly oidc_role_provisioning: string | null;
  readonly door_header: number | null;
  readonly door_xmlrpc: number | null;
}

function selectSpaces(db: Db) {
  return db
    .selectFrom('spaces')
    .leftJoin(
      'space_digest_authentication_configurations as digest',
      'digest.space_id',
      'spaces.id',
    )
    .leftJoin('space_oidc_authentication_configurations as oidc', 'oidc.space_id', 'spaces.id')
    .leftJoin('dialtone_space_doors as door', 'door.space_id', 'spaces.id')
    .selectAll('spaces')
    .select([
      'digest.id as digest_id',
      'digest.realm as digest_realm',
      'digest.default_password_algorithm as digest_algorithm',
      'oidc.server_url as oidc_server_url',
      'oidc.realm as oidc_realm',
      'oidc.sip_identifier as oidc_sip_identifier',
      'oidc.public_key as oidc_public_key',
      'oidc.client_id as oidc_client_id',
      'oidc.client_secret as oidc_client_secret',
      'oidc.auto_provisioning as oidc_auto_provisioning',
      'oidc.role_provisioning as oidc_role_provisioning',
      'door.provisioning_header_required as door_header',
      'door.xmlrpc as door_xmlrpc',
    ])
    .orderBy('spaces.id')
    .orderBy('digest.id');
}

type SpaceRow = SpacesRow & ConfigurationColumns;

/** What identifies a space; every given part must match. */
interface SpaceKey {
  readonly id?: number;
  readonly domain?: string;
  readonly host?: string;
  readonly name?: string;
}

const spacesOfKey = prepare<SpaceKey, SpaceRow>((db, key) => {
  let query = selectSpaces(db);
  if (key.id !== undefined) query = query.where('spaces.id', '=', key.id);
  if (key.domain !== undefined) query = query.where('spaces.domain', '=', key.domain);
  if (key.host !== undefined) query = query.where('spaces.host', '=', key.host);
  if (key.name !== undefined) query = query.where('spaces.name', '=', key.name);
  return query;
});

/** The space that `key` identifies. */
export async function selectSpace(db: Db, key: SpaceKey): Promise<Space | undefined> {
  const { domain, host } = key;
  const row = (await spacesOfKey(db, key)).find(
    (candidate) =>
      (domain === undefined || isSameText(candidate.domain, domain)) &&
      (host === undefined || isSameText(candidate.host, host)),
  );
  return row === undefined ? undefined : spaceFromRow(row);
}

/** What a space is read from. */
export const spaceTables = [
  'spaces',
  'space_digest_authentication_configurations',
  'space_oidc_authentication_configurations',
  'dialtone_space_doors',
] as const;

/** The space of a host, which every request asks for. */
export const selectSpaceByHost = whileUnchanged(
  (db, host: string) => selectSpace(db, { host }),
  (host) => host,
  { tables: spaceTables },
);

/** Every space, in the order of creation. */
export async function selectAllSpaces(db: Db): Promise<Space[]> {
  const rows = await selectSpaces(db).execute();
  // The database allows several digest rows for one space; the oldest counts.
  return rows
    .filter((row, index) => rows[index - 1]?.id !== row.id)
    .map((row) => spaceFromRow(row));
}

export async function insertSpace(
  db: Db,
  domain: string,
  settings: SpaceSettings,
  now: number,
): Promise<void> {
  const values: Insertable<Database['spaces']> = {
    domain,
    created_at: toDbDate(now),
    updated_at: toDbDate(now),
    ...settingsColumns(settings),
    ...switchColumns(settings.switches),
  };
  await db.insertInto('spaces').values(values).execute();
}

export async function updateSpaceRow(
  db: Db,
  id: number,
  settings: SpaceSettings,
  now: number,
): Promise<void> {
  const values: Updateable<Database['spaces']> = {
    updated_at: toDbDate(now),
    ...settingsColumns(settings),
    ...switchColumns(settings.switches),
  };
  await db.updateTable('spaces').set(values).where('id', '=', id).execute();
}

/** Sets ways into a space; needs its row locked when several writers may come together. */
export async function replaceDoors(trx: Db, spaceId: number, doors: SpaceDoors): Promise<void> {
  await trx.deleteFrom('dialtone_space_doors').where('space_id', '=', spaceId).execute();
  await trx
    .insertInto('dialtone_space_doors')
    .values({
      space_id: spaceId,
      provisioning_header_required: toFlag(doors.provisioningHeaderRequired),
      xmlrpc: toFlag(doors.xmlrpc),
    })
    .execute();
}

/** Deletes the space and, by cascade, everything in it. False when there was none. */
export async function deleteSpaceRow(db: Db, id: number): Promise<boolean> {
  const result = await db.deleteFrom('spaces').where('id', '=', id).executeTakeFirst();
  return result.numDeletedRows > 0n;
}

export async function insertDigestConfiguration(
  db: Db,
  spaceId: number,
  digest: DigestConfiguration,
  now: number,
): Promise<void> {
  await db
    .insertInto('space_digest_authentication_configurations')
    .values({
      space_id: spaceId,
      realm: digest.realm,
      default_password_algorithm: digest.defaultPasswordAlgorithm,
      created_at: toDbDate(now),
      updated_at: toDbDate(now),
    })
    .execute();
}

export async function updateDigestConfiguration(
  db: Db,
  spaceId: number,
  digest: DigestConfiguration,
  now: number,
): Promise<void> {
  await db
    .updateTable('space_digest_authentication_configurations')
    .set({
      realm: digest.realm,
      default_password_algorithm: digest.defaultPasswordAlgorithm,
      updated_at: toDbDate(now),
    })
    .where('space_id', '=', spaceId)
    .execute();
}

/**
 * Holds the row of the space until the transaction ends, so that rules no key can express (number
 * of accounts, e-mail addresses, phone numbers) are checked by one transaction at a time. A write
 * that changes nothing locks on every engine; `for update` does not exist on SQLite.
 */
export async function lockSpace(trx: Db, domain: string): Promise<void> {
  await trx
    .updateTable('spaces')
    .set((set) => ({ updated_at: set.ref('updated_at') }))
    .where('domain', '=', domain)
    .execute();
}

export async function countAccountsOfDomain(db: Db, domain: string): Promise<number> {
  const row = await db
    .selectFrom('accounts')
    .select((select) => select.fn.countAll().as('total'))
    .where('domain', '=', domain)
    .executeTakeFirstOrThrow();
  return Number(row.total);
}

function settingsColumns(settings: SpaceSettings) {
  return {
    name: settings.name,
    host: settings.host,
    max_account: settings.maxAccount,
    max_accounts: settings.maxAccounts,
    expire_at: settings.expireAt === undefined ? null : toDbDate(settings.expireAt),
    copyright_text: settings.copyrightText ?? null,
    intro_registration_text: settings.introRegistrationText ?? null,
    newsletter_registration_address: settings.newsletterRegistrationAddress ?? null,
    account_proxy_registrar_address: settings.accountProxyRegistrarAddress ?? null,
    custom_provisioning_entries: settings.customProvisioningEntries ?? null,
    theme_hue: settings.themeHue ?? null,
  };
}

function switchColumns(switches: SpaceSettings['switches']) {
  return recordOf(spaceSwitches, (name) => toFlag(switches[name]));
}

function spaceFromRow(row: SpaceRow): Space {
  return {
    id: row.id,
    domain: row.domain,
    host: row.host,
    name: row.name,
    switches: recordOf(spaceSwitches, (name) => row[name] !== 0),
    maxAccount: row.max_account,
    maxAccounts: row.max_accounts,
    expireAt: instant(row.expire_at),
    copyrightText: row.copyright_text ?? undefined,
    introRegistrationText: row.intro_registration_text ?? undefined,
    newsletterRegistrationAddress: row.newsletter_registration_address ?? undefined,
    accountProxyRegistrarAddress: row.account_proxy_registrar_address ?? undefined,
    customProvisioningEntries: row.custom_provisioning_entries ?? undefined,
    themeHue: row.theme_hue ?? undefined,
    logo: row.logo ?? undefined,
    createdAt: instant(row.created_at),
    updatedAt: instant(row.updated_at),
    doors: {
      provisioningHeaderRequired: row.door_header !== 0,
      xmlrpc: row.door_xmlrpc !== 0,
    },
    digest: digestFromRow(row),
    oidc: oidcFromRow(row),
  };
}

function instant(date: string | null): number | undefined {
  return date === null ? undefined : fromDbDate(date);
}

function digestFromRow(row: SpaceRow): DigestConfiguration | undefined {
  if (row.digest_id === null) return undefined;
  return {
    // FAM's panel could store an empty realm; the domain is what it meant.
    realm: row.digest_realm || row.domain,
    defaultPasswordAlgorithm: toPasswordAlgorithm(row.digest_algorithm),
  };
}

function toPasswordAlgorithm(text: string | null): PasswordAlgorithm {
  return text === 'MD5' ? 'MD5' : 'SHA-256';
}

function oidcFromRow(row: ConfigurationColumns): OidcConfiguration | undefined {
  if (row.oidc_server_url === null) return undefined;
  return {
    serverUrl: row.oidc_server_url,
    realm: row.oidc_realm ?? '',
    sipIdentifier: row.oidc_sip_identifier || 'sip_identity',
    publicKey: row.oidc_public_key || undefined,
    clientId: row.oidc_client_id ?? undefined,
    clientSecret: row.oidc_client_secret ?? undefined,
    autoProvisioning: row.oidc_auto_provisioning === 1,
    roleProvisioning: row.oidc_role_provisioning ?? undefined,
  };
}
