import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** A phone number in international form. */
export interface PhoneNumber {
  /** `+` and digits. */
  readonly e164: string;
  /** ISO 3166-1 alpha-2; undefined for calling codes without a country, such as satellites. */
  readonly country: CountryCode | undefined;
  /** Whether it follows the numbering plan of its country. */
  readonly valid: boolean;
}

/**
 * Reads a number with its calling code; spaces and separators are allowed. Undefined when the text
 * cannot be one: national numbers, unknown calling codes, too few or too many digits.
 */
export function parsePhoneNumber(text: string): PhoneNumber | undefined {
  const number = parsePhoneNumberFromString(text, { extract: false });
  if (number === undefined) return undefined;
  return { e164: number.number, country: number.country, valid: number.isValid() };
}
