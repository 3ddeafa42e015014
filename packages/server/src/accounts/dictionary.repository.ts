import type { Db } from '../db/database.ts';
import { toDbDate } from '../db/dates.ts';
import type { Dictionary } from './account.ts';

/** Replaces the whole dictionary of an account. */
export async function replaceDictionary(
  trx: Db,
  accountId: number,
  dictionary: Dictionary,
  now: number,
): Promise<void> {
  await trx.deleteFrom('account_dictionary_entries').where('account_id', '=', accountId).execute();
  await insertDictionary(trx, accountId, dictionary, now);
}

/** The dictionary of an account that has none yet. */
export async function insertDictionary(
  trx: Db,
  accountId: number,
  dictionary: Dictionary,
  now: number,
): Promise<void> {
  const date = toDbDate(now);
  const rows = Object.entries(dictionary).map(([key, value]) => ({
    account_id: accountId,
    key,
    value,
    created_at: date,
    updated_at: date,
  }));
  if (rows.length > 0) await trx.insertInto('account_dictionary_entries').values(rows).execute();
}
