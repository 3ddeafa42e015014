import { lockAccount } from '../accounts/account.repository.ts';
import { replaceDictionary } from '../accounts/dictionary.repository.ts';
import type { AccountsPlatform } from '../accounts/account-hooks.ts';
import type { Db } from '../db/database.ts';
import { transaction } from '../db/transaction.ts';

const names = ['firstname', 'lastname', 'gender', 'subscribe'] as const;

/** What upstream kept in a table of its own: here entries of the account's dictionary. */
export type UserInfo = Readonly<Record<(typeof names)[number], string>>;

export async function readUserInfo(db: Db, accountId: number): Promise<UserInfo> {
  const dictionary = await selectDictionary(db, accountId);
  const of = (name: keyof UserInfo) => dictionary.get(name) ?? '';
  return {
    firstname: of('firstname'),
    lastname: of('lastname'),
    gender: of('gender'),
    subscribe: of('subscribe'),
  };
}

/** Characters that an entry can hold. */
const longestText = 255;

/**
 * Stores the given texts; missing ones are cleared, other entries of the dictionary stay. False, and
 * nothing is stored, when one is too long.
 */
export async function writeUserInfo(
  { db, clock }: Pick<AccountsPlatform, 'db' | 'clock'>,
  accountId: number,
  info: Readonly<Record<keyof UserInfo, string | undefined>>,
): Promise<boolean> {
  if (names.some((name) => (info[name]?.length ?? 0) > longestText)) return false;
  await transaction(db, async (trx) => {
    await lockAccount(trx, accountId);
    const dictionary = await selectDictionary(trx, accountId);
    for (const name of names) {
      const text = info[name];
      if (text === undefined) dictionary.delete(name);
      else dictionary.set(name, text);
    }
    await replaceDictionary(trx, accountId, Object.fromEntries(dictionary), clock.now());
  });
  return true;
}

async function selectDictionary(db: Db, accountId: number): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('account_dictionary_entries')
    .select(['key', 'value'])
    .where('account_id', '=', accountId)
    .orderBy('id')
    .execute();
  return new Map(rows.map(({ key, value }) => [key, value]));
}
