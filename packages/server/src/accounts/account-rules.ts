import type { FieldFault } from '../errors/service-error.ts';
import type { Config } from '../config/env.ts';
import { matchesInTime } from './operator-expression.ts';
import { parsePhoneNumber } from './phone/phone-number.ts';

type UsernameRules = Pick<Config['accounts'], 'usernamePattern' | 'blacklistedUsernames'>;

/**
 * Why `username` is not allowed, whatever accounts exist (flexiapi-core.md §6.2); empty when it is.
 * Columns are 64 wide, as wide as a username may be.
 */
export function usernameFaults(
  rules: UsernameRules,
  username: string,
  options: { readonly allowPhoneNumber?: boolean } = {},
): FieldFault[] {
  const faults: FieldFault[] = [];
  if (username === '') return ['validation.required'];
  // Before the expressions of the operator, which may take very long for a long text.
  if (username.length > 64) return [{ key: 'validation.max_string', params: { max: 64 } }];
  if (username !== username.toLowerCase()) faults.push('validation.lowercase');
  if (options.allowPhoneNumber !== true && isPhoneNumber(username)) {
    faults.push('validation.not_phone');
  }
  if (isBlacklisted(rules.blacklistedUsernames, username)) faults.push('validation.blacklisted');
  if (!matchesInTime(rules.usernamePattern, username, false)) faults.push('validation.regex');
  return faults;
}

/** Whether a username is a number that a phone could dial: it has a calling code and a country. */
function isPhoneNumber(username: string): boolean {
  return parsePhoneNumber(username)?.country !== undefined;
}

/** Items are names, or regular expressions that match anywhere; invalid expressions are only names. */
function isBlacklisted(items: readonly string[], username: string): boolean {
  return items.some((item) => {
    if (item === username) return true;
    try {
      return matchesInTime(new RegExp(item), username, true);
    } catch {
      return false;
    }
  });
}
