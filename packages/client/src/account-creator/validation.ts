import { AccountParams } from '../account/account-params.ts';
import { normalizeSipUri } from '../account/normalize.ts';
import { Address } from '../address/address.ts';
import { isPhoneNumber } from '../dial-plan/phone-number.ts';
import type { AssistantSettings } from './assistant-settings.ts';
import {
  AccountCreatorEmailStatus,
  AccountCreatorPasswordStatus,
  AccountCreatorUsernameStatus,
} from './enums.ts';
import { matchesWhole } from './extended-regexp.ts';

// Whose user part a bare name would become: any will do to see whether it can.
const anyone = new AccountParams();
anyone.setIdentityAddress(Address.parse('sip:user@domain.com'));

/** The rules of `setUsername`, the first that applies decides (account-creator.md §1.3). */
export function checkUsername(
  username: string,
  settings: AssistantSettings,
): AccountCreatorUsernameStatus {
  const length = Buffer.byteLength(username);
  if (length < settings.usernameMinLength) return AccountCreatorUsernameStatus.TooShort;
  if (length > settings.usernameMaxLength) return AccountCreatorUsernameStatus.TooLong;
  if (settings.usePhoneNumber && !isPhoneNumber(username)) {
    return AccountCreatorUsernameStatus.Invalid;
  }
  const { usernameRegex } = settings;
  if (usernameRegex !== undefined && !matchesWhole(usernameRegex, username)) {
    return AccountCreatorUsernameStatus.InvalidCharacters;
  }
  return normalizeSipUri(anyone, username) === null
    ? AccountCreatorUsernameStatus.Invalid
    : AccountCreatorUsernameStatus.Ok;
}

/** The rules of `setPassword`; lengths count UTF-8 bytes (D17). */
export function checkPassword(
  password: string,
  settings: AssistantSettings,
): AccountCreatorPasswordStatus {
  const length = Buffer.byteLength(password);
  if (length < settings.passwordMinLength) return AccountCreatorPasswordStatus.TooShort;
  if (length > settings.passwordMaxLength) return AccountCreatorPasswordStatus.TooLong;
  return AccountCreatorPasswordStatus.Ok;
}

/**
 * The rules of `setEmail`: `^.+@.+\..*$` or Malformed, then `^.+@.+\.[A-Za-z]{2}[A-Za-z]*$` or
 * InvalidCharacters. Matched by hand, in linear time whatever the text.
 */
export function checkEmail(email: string): AccountCreatorEmailStatus {
  const at = email.indexOf('@', 1);
  if (at === -1 || email.indexOf('.', at + 2) === -1) return AccountCreatorEmailStatus.Malformed;
  const lastLabel = email.slice(email.lastIndexOf('.') + 1);
  return /^[A-Za-z]{2,}$/.test(lastLabel)
    ? AccountCreatorEmailStatus.Ok
    : AccountCreatorEmailStatus.InvalidCharacters;
}
