import { toDbDate } from '../db/dates.ts';
import type { Platform } from '../platform.ts';
import { insertApiKey, replaceUserKey } from './api-key.repository.ts';

type KeyPlatform = Pick<Platform, 'db' | 'clock' | 'random'>;

/** Characters of an API key. */
export const API_KEY_LENGTH = 40;

/**
 * A fresh user key of an account, bound to the address that asked for it; the account's previous
 * user key stops working (reference §4.2).
 */
export async function issueUserKey(
  platform: KeyPlatform,
  accountId: number,
  ip: string,
): Promise<string> {
  const key = platform.random.token(API_KEY_LENGTH);
  await replaceUserKey(platform.db, { accountId, key, ip, now: platform.clock.now() });
  return key;
}

/** An administrator's key: named, valid from anywhere. */
export interface NewAdminKey {
  readonly accountId: number;
  readonly name: string;
  /** Minutes without use after which it ends; 0 = never. Default 0. */
  readonly expiresAfterLastUsedMinutes?: number;
}

/** Creates one more admin key. Its delay is always a number: a key without one counts as a user key. */
export async function createAdminKey(platform: KeyPlatform, key: NewAdminKey): Promise<string> {
  const secret = platform.random.token(API_KEY_LENGTH);
  const date = toDbDate(platform.clock.now());
  await insertApiKey(platform.db, {
    account_id: key.accountId,
    key: secret,
    ip: null,
    name: key.name,
    last_used_at: date,
    created_at: date,
    updated_at: date,
    expires_after_last_used_minutes: key.expiresAfterLastUsedMinutes ?? 0,
  });
  return secret;
}
