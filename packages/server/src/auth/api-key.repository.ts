import type { Insertable } from 'kysely';
import type { Database, Db } from '../db/database.ts';
import { toDbDate, toJsonDate } from '../db/dates.ts';
import { prepare, prepareWrite } from '../db/prepared.ts';
import { relaxedWrite } from '../db/relaxed-write.ts';
import { transaction } from '../db/transaction.ts';
import { whileUnchanged } from '../db/while-unchanged.ts';
import { callerColumns, type CallerRow } from './caller.repository.ts';

/** An API key with its owner. */
export interface ApiKeyRow extends CallerRow {
  readonly keyId: number;
  readonly key: string;
  readonly boundIp: string | null;
  readonly lastUsedAt: string;
  /** Null for user keys. */
  readonly expiresAfterMinutes: number | null;
}

const rowsOfKey = prepare<{ readonly key: string }, ApiKeyRow>((db, { key }) =>
  db
    .selectFrom('api_keys')
    .innerJoin('accounts', 'accounts.id', 'api_keys.account_id')
    .leftJoin('spaces', 'spaces.domain', 'accounts.domain')
    .select(callerColumns)
    .select([
      'api_keys.id as keyId',
      'api_keys.key',
      'api_keys.ip as boundIp',
      'api_keys.last_used_at as lastUsedAt',
      'api_keys.expires_after_last_used_minutes as expiresAfterMinutes',
    ])
    .where('api_keys.key', '=', key),
);

/** The stored row of a key. */
export const selectApiKey = whileUnchanged(
  async (db, key: string) => {
    const [row] = await rowsOfKey(db, { key });
    // MariaDB compares letters of any case as equal.
    return row?.key === key ? row : undefined;
  },
  (key) => key,
);

/** Replaces the user key of an account; its admin keys stay. */
export async function replaceUserKey(
  db: Db,
  key: {
    readonly accountId: number;
    readonly key: string;
    readonly ip: string;
    readonly now: number;
  },
): Promise<void> {
  const date = toDbDate(key.now);
  await transaction(db, async (trx) => {
    await deleteUserKeys(trx, key.accountId);
    await insertApiKey(trx, {
      account_id: key.accountId,
      key: key.key,
      ip: key.ip,
      last_used_at: date,
      created_at: date,
      updated_at: date,
      name: null,
      expires_after_last_used_minutes: null,
    });
  });
}

/** Removes the user keys of an account, all or all but one; its admin keys stay. */
export async function deleteUserKeys(db: Db, accountId: number, exceptKey?: string): Promise<void> {
  await db
    .deleteFrom('api_keys')
    .where('account_id', '=', accountId)
    .where('expires_after_last_used_minutes', 'is', null)
    .$if(exceptKey !== undefined, (query) => query.where('key', '!=', exceptKey ?? ''))
    .execute();
}

export async function insertApiKey(db: Db, row: Insertable<Database['api_keys']>): Promise<void> {
  await db.insertInto('api_keys').values(row).execute();
}

/** Uses of one key that are not stored yet. */
export interface KeyUses {
  readonly keyId: number;
  readonly count: number;
  readonly lastUsedAt: number;
}

const addUses = prepareWrite<{
  readonly keyId: number;
  readonly count: number;
  readonly lastUsedAt: string;
}>((db, { keyId, count, lastUsedAt }) =>
  db
    .updateTable('api_keys')
    .set((set) => ({ requests: set('requests', '+', count), last_used_at: lastUsedAt }))
    .where('id', '=', keyId),
);

/** Adds uses to the stored counters, all or none. */
export async function addKeyUses(db: Db, uses: readonly KeyUses[]): Promise<void> {
  await relaxedWrite(db, async (trx) => {
    for (const { keyId, count, lastUsedAt } of uses) {
      await addUses(trx, { keyId, count, lastUsedAt: toDbDate(lastUsedAt) });
    }
  });
}

/** An administrator's key without its secret. */
export interface AdminKey {
  readonly id: number;
  readonly name: string | undefined;
  readonly username: string;
  readonly domain: string;
  /** Whether the owner is an administrator still; the key gives nothing else than the owner's rights. */
  readonly admin: boolean;
  /** Dates as the API prints them. */
  readonly createdAt: string | undefined;
  readonly lastUsedAt: string;
  readonly requests: number;
  /** Minutes without use after which it ends; 0 = never. */
  readonly expiresAfterMinutes: number;
}

/** The administrators' keys of one SIP domain, or of all. */
export async function listAdminKeys(db: Db, domain?: string): Promise<AdminKey[]> {
  const rows = await db
    .selectFrom('api_keys')
    .innerJoin('accounts', 'accounts.id', 'api_keys.account_id')
    .select([
      'api_keys.id',
      'api_keys.name',
      'accounts.username',
      'accounts.domain',
      'accounts.admin',
      'api_keys.created_at as createdAt',
      'api_keys.last_used_at as lastUsedAt',
      'api_keys.requests',
      'api_keys.expires_after_last_used_minutes as expiresAfterMinutes',
    ])
    .where('api_keys.expires_after_last_used_minutes', 'is not', null)
    .$if(domain !== undefined, (query) => query.where('accounts.domain', '=', domain ?? ''))
    .orderBy('api_keys.id')
    .execute();
  return rows.map(({ name, admin, createdAt, lastUsedAt, expiresAfterMinutes, ...key }) => ({
    ...key,
    name: name ?? undefined,
    admin: admin === 1,
    createdAt: createdAt === null ? undefined : toJsonDate(createdAt),
    lastUsedAt: toJsonDate(lastUsedAt),
    expiresAfterMinutes: expiresAfterMinutes ?? 0,
  }));
}

/** Deletes one administrator's key; false when there is none with this id. */
export async function deleteAdminKey(db: Db, id: number): Promise<boolean> {
  const result = await db
    .deleteFrom('api_keys')
    .where('id', '=', id)
    .where('expires_after_last_used_minutes', 'is not', null)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}
