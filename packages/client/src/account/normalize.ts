import { Address } from '../address/address.ts';
import { isPhoneNumber, normalizePhoneNumber as normalize } from '../dial-plan/phone-number.ts';
import { decodeNeedlessEscapes } from '../dial-plan/user-escapes.ts';
import type { AccountSettings } from './account-params.ts';

/** A typed number in the form to dial, by the country prefix of the account; null: no number. */
export function normalizePhoneNumber(params: AccountSettings | null, text: string): string | null {
  return normalize(params?.internationalPrefix, text, params?.dialEscapePlusEnabled ?? false);
}

/**
 * The address a typed text stands for: a full address, `user@host`, or a user at the account's domain
 * (registration.md §1.9). Null when it is no SIP address.
 */
export function normalizeSipUri(params: AccountSettings | null, text: string): Address | null {
  if (text === '') return null;
  if (/sips?:/i.test(text)) return valid(Address.parse(text));
  if (text.includes('@')) return valid(Address.parse(`sip:${text}`));
  const address = params?.identityAddress ?? null;
  if (address === null) return null;
  address.clean();
  address.setDisplayName(null);
  address.setUsername(decodeNeedlessEscapes(text));
  return address;
}

/** `normalizeSipUri` of what a person typed: lower-cased, numbers in their dialled form. */
export function interpretUrl(params: AccountSettings | null, text: string): Address | null {
  const address = text === '' ? null : valid(Address.parse(text));
  if (address !== null) return address;
  const lower = text.toLowerCase();
  const number = isPhoneNumber(lower) ? normalizePhoneNumber(params, lower) : null;
  return normalizeSipUri(params, number === null || number === '' ? lower : number);
}

function valid(address: Address | null): Address | null {
  return address?.isValid === true ? address : null;
}
