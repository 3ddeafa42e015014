import type { AccountsPlatform } from '../../accounts/account-hooks.ts';
import { transaction } from '../../db/transaction.ts';
import { refuse } from '../result.ts';
import { type KeyAttempt, useKey } from './confirmation-key.ts';
import type { KeyRow } from './confirmation-key.repository.ts';

/**
 * Spends a key and does what it allows, in one transaction: when `effect` throws, the key is unspent.
 * A wrong key costs one of the tries.
 * @throws Refusal `ERROR_KEY_DOESNT_MATCH`
 */
export async function withKey<T>(
  platform: AccountsPlatform,
  attempt: KeyAttempt,
  effect: (inside: AccountsPlatform, key: KeyRow) => Promise<T>,
): Promise<T> {
  const done = await transaction(platform.db, async (trx) => {
    const inside = { ...platform, db: trx };
    const key = await useKey(inside, attempt);
    return key === undefined ? undefined : { value: await effect(inside, key) };
  });
  if (done === undefined) throw refuse('ERROR_KEY_DOESNT_MATCH');
  return done.value;
}
