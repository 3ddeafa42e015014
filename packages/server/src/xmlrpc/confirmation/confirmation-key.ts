import { hash, timingSafeEqual } from 'node:crypto';
import type { Db } from '../../db/database.ts';
import { fromDbDate, toDbDate } from '../../db/dates.ts';
import { insertReturningId } from '../../db/insert.ts';
import type { Platform } from '../../platform.ts';

/**
 * What a key is for. `activation` went to the address or phone of a new account, `recovery` to those
 * of an account: both prove that its owner reads them. `link` went to a phone that a stranger may
 * have named, so it proves that phone and nothing else.
 */
export type KeyPurpose = 'activation' | 'recovery' | 'link';

/** A key that waits for its owner. */
export interface ConfirmationKey {
  readonly id: number;
  readonly purpose: KeyPurpose;
  /** Where it was sent; undefined = to the e-mail address of the account. */
  readonly phone: string | undefined;
}

interface NewKey {
  readonly accountId: number;
  readonly purpose: KeyPurpose;
  readonly key: string;
  readonly phone?: string | undefined;
  /** 0 = for ever. */
  readonly minutes: number;
}

/** A key for a mail: 13 hexadecimal characters, as upstream's (xmlrpc.md §5). */
export function emailKey({ random }: Pick<Platform, 'random'>): string {
  return hash('sha256', random.token(43)).slice(0, 13);
}

/** A key for an SMS: four digits, the first not 0. */
export function smsKey({ random }: Pick<Platform, 'random'>): string {
  return String(1000 + Math.floor(random.float() * 9000));
}

/** Stores a key; the earlier one of this purpose is void. Returns when it expires (ms). */
export async function storeKey(
  { db, clock }: Pick<Platform, 'db' | 'clock'>,
  { accountId, purpose, key, phone, minutes }: NewKey,
): Promise<number | undefined> {
  const now = clock.now();
  const expiresAt = minutes > 0 ? now + minutes * 60_000 : undefined;
  await db
    .deleteFrom('dialtone_confirmation_keys')
    .where('account_id', '=', accountId)
    .where('purpose', '=', purpose)
    .execute();
  await insertReturningId(db, 'dialtone_confirmation_keys', {
    account_id: accountId,
    purpose,
    confirmation_key: key,
    phone: phone ?? null,
    created_at: toDbDate(now),
    expires_at: expiresAt === undefined ? null : toDbDate(expiresAt),
  });
  return expiresAt;
}

/** A try to use a key. */
export interface KeyAttempt {
  readonly accountId: number;
  readonly purposes: readonly KeyPurpose[];
  /** Where the key must have been sent: a key for one phone says nothing about another (X8). */
  readonly sentTo: 'email' | 'anywhere' | { readonly phone: string };
  readonly key: string | undefined;
}

/**
 * Tries `attempt.key` and spends the key it equals. Each try of a purpose is counted before it is
 * compared, so simultaneous guesses share the limit (X9) and of simultaneous right tries one wins.
 * Call it in the transaction of what the key allows, and commit that when the answer is undefined:
 * otherwise wrong guesses were free.
 */
export async function useKey(
  { db, clock, config }: Pick<Platform, 'db' | 'clock' | 'config'>,
  attempt: KeyAttempt,
): Promise<ConfirmationKey | undefined> {
  const { key } = attempt;
  if (key === undefined) return undefined;
  const waiting = await selectKeys(db, attempt);
  let matching: ConfirmationKey | undefined;
  for (const row of waiting) {
    if (isExpired(row.expiresAt, clock.now())) continue;
    if (!(await countTry(db, row.id, config.xmlrpc.keyTries))) continue;
    if (equal(row.key, key)) matching = row;
  }
  if (matching !== undefined) await deleteKey(db, matching.id);
  return matching;
}

/** The newest key of an account that would still be accepted, for test suites (xmlrpc.md §7.1). */
export async function newestKey(
  { db, clock, config }: Pick<Platform, 'db' | 'clock' | 'config'>,
  accountId: number,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('dialtone_confirmation_keys')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('tries', '<', config.xmlrpc.keyTries)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined || isExpired(row.expires_at, clock.now())) return undefined;
  return row.confirmation_key;
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

async function selectKeys(db: Db, { accountId, purposes, sentTo }: KeyAttempt) {
  let query = db
    .selectFrom('dialtone_confirmation_keys')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('purpose', 'in', purposes);
  if (sentTo === 'email') query = query.where('phone', 'is', null);
  else if (sentTo !== 'anywhere') query = query.where('phone', '=', sentTo.phone);
  const rows = await query.orderBy('id').execute();
  return rows.map((row) => ({
    id: row.id,
    purpose: purposes.find((purpose) => purpose === row.purpose) ?? 'link',
    phone: row.phone ?? undefined,
    key: row.confirmation_key,
    expiresAt: row.expires_at,
  }));
}

/** Takes one of the tries; false when none is left. */
async function countTry(db: Db, id: number, limit: number): Promise<boolean> {
  const result = await db
    .updateTable('dialtone_confirmation_keys')
    .set((set) => ({ tries: set('tries', '+', 1) }))
    .where('id', '=', id)
    .where('tries', '<', limit)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

async function deleteKey(db: Db, id: number): Promise<void> {
  await db.deleteFrom('dialtone_confirmation_keys').where('id', '=', id).execute();
}

function isExpired(date: string | null, now: number): boolean {
  return date !== null && fromDbDate(date) < now;
}

/** Exactly, unlike upstream, for which `0123` was `123`. */
function equal(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
