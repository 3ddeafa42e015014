import type { Db } from '../db/database.ts';
import type { FieldFault } from '../errors/service-error.ts';
import { isCountryActivated } from '../phone-countries/phone-country.repository.ts';
import type { Space } from '../spaces/space.ts';
import {
  type AccountKey,
  hasTombstone,
  selectAccount,
  selectHolders,
} from './account.repository.ts';
import { parsePhoneNumber } from './phone/phone-number.ts';

/** The account that a check does not count as another one: the one being changed. */
interface Except {
  readonly exceptId?: number | undefined;
}

/** Whether somebody else has `username` in the domain, or had it until lately. */
export async function usernameTaken(
  db: Db,
  domain: string,
  username: string,
  options: Except & { readonly tombstones: boolean },
): Promise<boolean> {
  const holders = await selectHolders(db, { domain, username });
  return (
    holders.some(({ id }) => id !== options.exceptId) ||
    (options.tombstones && (await hasTombstone(db, { domain, username })))
  );
}

/** Whether somebody else in the space has `email` and the space wants addresses to be unique. */
export async function emailTaken(
  db: Db,
  space: Pick<Space, 'domain' | 'switches'>,
  email: string,
  options: Except = {},
): Promise<boolean> {
  return space.switches.unique_email && isHeld(db, { domain: space.domain, email }, options);
}

/**
 * Why `phone` cannot be used in the domain: not a number, not of an activated country, or somebody
 * else's number or username. Otherwise the form in which it is stored: `+` and digits, which is what
 * Flexisip's presence server compares (database.md, fact 5).
 */
export async function checkPhone(
  db: Db,
  domain: string,
  phone: string,
  options: Except = {},
): Promise<{ readonly e164: string } | { readonly fault: FieldFault }> {
  const number = parsePhoneNumber(phone);
  if (number === undefined || !number.valid || !phone.startsWith('+')) {
    return { fault: 'validation.phone' };
  }
  if (number.country === undefined || !(await isCountryActivated(db, number.country))) {
    return { fault: 'validation.phone_country' };
  }
  const { e164 } = number;
  const taken =
    (await isHeld(db, { domain, phone: e164 }, options)) ||
    (await isHeld(db, { domain, username: e164 }, options));
  return taken ? { fault: 'validation.unique' } : { e164 };
}

async function isHeld(db: Db, key: AccountKey, options: Except): Promise<boolean> {
  const holder = await selectAccount(db, key);
  return holder !== undefined && holder.id !== options.exceptId;
}
