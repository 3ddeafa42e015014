import { hash, timingSafeEqual } from 'node:crypto';
import type { Platform } from '../../platform.ts';
import {
  countTry,
  deleteKey,
  deleteKeysFor,
  type KeyRow,
  replaceKey,
  selectKeys,
} from './confirmation-key.repository.ts';

/**
 * What a key is for. `activation` went to the address or phone of a new account, `recovery` to those
 * of an account: both prove that its owner reads them. `link` went to a phone that a stranger may
 * have named, so it proves that phone and nothing else.
 */
export type KeyPurpose = 'activation' | 'recovery' | 'link';

/** A key for a mail: 13 hexadecimal characters (xmlrpc.md §5). */
export function emailKey({ random }: Pick<Platform, 'random'>): string {
  return hash('sha256', random.token(43)).slice(0, 13);
}

/** A key for an SMS: four digits, the first not 0. */
export function smsKey({ random }: Pick<Platform, 'random'>): string {
  return String(1000 + Math.floor(random.float() * 9000));
}

interface NewKey {
  readonly purpose: KeyPurpose;
  readonly key: string;
  /** Where it is sent; absent = to the e-mail address of the account. */
  readonly phone?: string;
  /** 0 = for ever. */
  readonly minutes: number;
}

/** Stores a key; the earlier one of this purpose is void. Returns when it ends (ms), if it does. */
export async function storeKey(
  { db, clock }: Pick<Platform, 'db' | 'clock'>,
  accountId: number,
  { purpose, key, phone, minutes }: NewKey,
): Promise<number | undefined> {
  const now = clock.now();
  const expiresAt = minutes > 0 ? now + minutes * 60_000 : undefined;
  await replaceKey(db, accountId, { purpose, key, phone, expiresAt }, now);
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
 * Tries `attempt.key` and spends the key it equals, with the others for these purposes. Each try of a key is counted before it is
 * compared, so simultaneous guesses share the limit (X9) and of simultaneous right tries one wins.
 * Call it in the transaction of what the key allows, and commit that when the answer is undefined:
 * otherwise wrong guesses were free.
 */
export async function useKey(
  { db, clock, config }: Pick<Platform, 'db' | 'clock' | 'config'>,
  attempt: KeyAttempt,
): Promise<KeyRow | undefined> {
  const { accountId, purposes, key } = attempt;
  if (key === undefined) return undefined;
  for (const row of await selectKeys(db, accountId)) {
    if (!isMeant(row, attempt) || isExpired(row, clock.now())) continue;
    if (!(await countTry(db, row.id, config.xmlrpc.keyTries))) continue;
    if (!isEqual(row.key, key) || !(await deleteKey(db, row.id))) continue;
    // What an earlier mail or SMS would open is open now.
    await deleteKeysFor(db, accountId, purposes);
    return row;
  }
  return undefined;
}

/** The newest key of an account that would still be accepted; for test suites (xmlrpc.md §7.1). */
export async function newestKey(
  { db, clock, config }: Pick<Platform, 'db' | 'clock' | 'config'>,
  accountId: number,
): Promise<string | undefined> {
  const rows = await selectKeys(db, accountId);
  const usable = rows.filter(
    (row) => row.tries < config.xmlrpc.keyTries && !isExpired(row, clock.now()),
  );
  return usable.at(-1)?.key;
}

function isMeant({ purpose, phone }: KeyRow, { purposes, sentTo }: KeyAttempt): boolean {
  if (!purposes.includes(purpose)) return false;
  if (sentTo === 'anywhere') return true;
  return phone === (sentTo === 'email' ? undefined : sentTo.phone);
}

function isExpired({ expiresAt }: KeyRow, now: number): boolean {
  return expiresAt !== undefined && expiresAt < now;
}

/** Exactly: upstream took `0123` for `123`. */
function isEqual(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
