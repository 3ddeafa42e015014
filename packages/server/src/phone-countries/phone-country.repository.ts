import type { Db } from '../db/database.ts';
import { toFlag } from '../db/column-types.ts';
import { toDbDate } from '../db/dates.ts';

/** A country whose phone numbers are accepted or not. */
export interface PhoneCountry {
  /** ISO 3166-1 alpha-2. */
  readonly code: string;
  /** Calling code without `+`. */
  readonly callingCode: string;
  readonly activated: boolean;
}

/** Every country in the order of its code. */
export async function selectPhoneCountries(db: Db): Promise<PhoneCountry[]> {
  const rows = await db.selectFrom('phone_countries').selectAll().orderBy('code').execute();
  return rows.map((row) => ({
    code: row.code,
    callingCode: row.country_code,
    activated: row.activated === 1,
  }));
}

/** Whether numbers of the country are accepted. */
export async function isCountryActivated(db: Db, code: string): Promise<boolean> {
  const row = await db
    .selectFrom('phone_countries')
    .select('activated')
    .where('code', '=', code)
    .executeTakeFirst();
  return row?.activated === 1;
}

/**
 * Accepts or refuses the numbers of a country, and with it of every country that shares its calling
 * code. Returns how many those are; 0 for an unknown country.
 */
export async function setCountryActivated(
  db: Db,
  code: string,
  activated: boolean,
  now: number,
): Promise<number> {
  const country = await db
    .selectFrom('phone_countries')
    .select(['code', 'country_code'])
    .where('code', '=', code)
    .executeTakeFirst();
  if (country?.code !== code) return 0;
  const sharing = db.selectFrom('phone_countries').where('country_code', '=', country.country_code);
  await db
    .updateTable('phone_countries')
    .set({ activated: toFlag(activated), updated_at: toDbDate(now) })
    .where('country_code', '=', country.country_code)
    .execute();
  const counted = await sharing
    .select((select) => select.fn.countAll().as('total'))
    .executeTakeFirstOrThrow();
  return Number(counted.total);
}
