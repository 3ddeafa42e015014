/** What a method can refuse with: an ordinary string result for the client, not a fault (xmlrpc.md §6). */
export const errorResults = [
  'ERROR_PHONE_PARAMETER_NOT_FOUND',
  'ERROR_USERNAME_PARAMETER_NOT_FOUND',
  'ERROR_EMAIL_PARAMETER_NOT_FOUND',
  'ERROR_OLD_HASH_NOT_FOUND',
  'ERROR_NEW_HASH_NOT_FOUND',
  'ERROR_MD5_HASH_NOT_FOUND',
  'ERROR_SHA256_HASH_NOT_FOUND',
  'ERROR_EMAIL_NEW_SAME_AS_OLD',
  'ERROR_ALIAS_ALREADY_IN_USE',
  'ERROR_ACCOUNT_ALREADY_IN_USE',
  'ERROR_EMAIL_ALREADY_IN_USE',
  'ERROR_ALIAS_DOESNT_EXIST',
  'ERROR_ACCOUNT_DOESNT_EXIST',
  'ERROR_PASSWORD_NOT_FOUND',
  'ERROR_KEY_DOESNT_MATCH',
  'ERROR_PASSWORD_DOESNT_MATCH',
  'ERROR_EMAIL_DOESNT_MATCH',
  'ERROR_ALIAS_DOESNT_MATCH',
  'ERROR_NON_TEST_ACCOUNTS_UNAUTHORIZED',
  'ERROR_SMS_API_DISABLED',
  'ERROR_ALGO_NOT_SUPPORTED',
  'ERROR_ACCOUNT_ALREADY_ACTIVATED',
  'ERROR_ACCOUNT_NOT_ACTIVATED',
  'ERROR_CANT_RECOVER_ACCOUNT',
  'ERROR_PHONE_ISNT_E164',
  'ERROR_MAX_SMS_EXCEEDED',
  'ERROR_CANNOT_SEND_SMS',
  'ERROR_SHA256_PASSWORD_ALREADY_EXISTS',
] as const;

export type ErrorResult = (typeof errorResults)[number];

/** What a method answers: a text, or the texts of a struct in the order in which clients read them. */
export type Answer = string | Readonly<Record<string, string>>;

/**
 * A method refuses; thrown inside a transaction it also undoes what was begun. `code` is
 * `xmlrpc-refused`, `result` what the client is told.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code = 'xmlrpc-refused';
  readonly result: ErrorResult;

  constructor(result: ErrorResult) {
    super(result);
    this.result = result;
  }
}

/** For `throw refuse('ERROR_…')`. */
export function refuse(result: ErrorResult): Refusal {
  return new Refusal(result);
}
