import type { Db } from '../../db/database.ts';
import { fromDbDate, toDbDate } from '../../db/dates.ts';
import { insertReturningId } from '../../db/insert.ts';
import type { KeyPurpose } from './confirmation-key.ts';

/** A key that waits for its owner. */
export interface KeyRow {
  readonly id: number;
  readonly purpose: KeyPurpose;
  readonly key: string;
  /** Where it was sent; undefined = to the e-mail address of the account. */
  readonly phone: string | undefined;
  readonly tries: number;
  /** Milliseconds since the epoch; undefined = never. */
  readonly expiresAt: number | undefined;
}

/** Stores a key in the place of an earlier one of its purpose. */
export async function replaceKey(
  trx: Db,
  accountId: number,
  row: Omit<KeyRow, 'id' | 'tries'>,
  now: number,
): Promise<void> {
  await trx
    .deleteFrom('dialtone_confirmation_keys')
    .where('account_id', '=', accountId)
    .where('purpose', '=', row.purpose)
    .execute();
  await insertReturningId(trx, 'dialtone_confirmation_keys', {
    account_id: accountId,
    purpose: row.purpose,
    confirmation_key: row.key,
    phone: row.phone ?? null,
    created_at: toDbDate(now),
    expires_at: row.expiresAt === undefined ? null : toDbDate(row.expiresAt),
  });
}

/** The keys of an account, oldest first. */
export async function selectKeys(db: Db, accountId: number): Promise<KeyRow[]> {
  const rows = await db
    .selectFrom('dialtone_confirmation_keys')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    purpose: toPurpose(row.purpose),
    key: row.confirmation_key,
    phone: row.phone ?? undefined,
    tries: row.tries,
    expiresAt: row.expires_at === null ? undefined : fromDbDate(row.expires_at),
  }));
}

/** Takes one of the tries; false when none is left. */
export async function countTry(db: Db, id: number, limit: number): Promise<boolean> {
  const result = await db
    .updateTable('dialtone_confirmation_keys')
    .set((set) => ({ tries: set('tries', '+', 1) }))
    .where('id', '=', id)
    .where('tries', '<', limit)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** False when another call has deleted it. */
export async function deleteKey(trx: Db, id: number): Promise<boolean> {
  const result = await trx
    .deleteFrom('dialtone_confirmation_keys')
    .where('id', '=', id)
    .executeTakeFirst();
  return result.numDeletedRows === 1n;
}

/** Deletes the keys of an account for any of these purposes. */
export async function deleteKeysFor(
  trx: Db,
  accountId: number,
  purposes: readonly KeyPurpose[],
): Promise<void> {
  await trx
    .deleteFrom('dialtone_confirmation_keys')
    .where('account_id', '=', accountId)
    .where('purpose', 'in', purposes)
    .execute();
}

export async function deleteKeysExpiredBefore(db: Db, ms: number): Promise<void> {
  await db
    .deleteFrom('dialtone_confirmation_keys')
    .where('expires_at', '<', toDbDate(ms))
    .execute();
}

/** The account whose creation waits for a key that went to `phone`, in one domain. */
export async function findCreationWaitingFor(
  db: Db,
  phone: string,
  domain: string,
): Promise<number | undefined> {
  const row = await db
    .selectFrom('dialtone_confirmation_keys as waiting')
    .innerJoin('accounts', 'accounts.id', 'waiting.account_id')
    .select('accounts.id')
    .where('waiting.phone', '=', phone)
    .where('waiting.purpose', '=', 'activation')
    .where('accounts.domain', '=', domain)
    .where('accounts.activated', '=', 0)
    .orderBy('waiting.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}

/** Anything unknown opens nothing but a link. */
function toPurpose(text: string): KeyPurpose {
  return text === 'activation' || text === 'recovery' ? text : 'link';
}
