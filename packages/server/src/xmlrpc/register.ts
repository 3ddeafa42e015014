import type { PasswordAlgorithm } from '@dialtone/contract';
import { computeHa1 } from '@dialtone/sip/digest';
import type { Account } from '../accounts/account.ts';
import type { AccountsPlatform } from '../accounts/account-hooks.ts';
import { createAccount, type NewAccount } from '../accounts/create-account.ts';
import type { StoredPassword } from '../accounts/password/password.repository.ts';
import { type FieldFault, isServiceError, type ServiceError } from '../errors/service-error.ts';
import { realmOf } from '../spaces/space.ts';
import { readHash } from './hashes.ts';
import type { Call } from './method.ts';
import { type Refusal, refuse } from './result.ts';

/** Length of passwords nobody chose and nobody is told; clients get the hash. */
const RANDOM_PASSWORD_LENGTH = 20;

type NewRegistration = Pick<
  NewAccount,
  'username' | 'hashes' | 'email' | 'activated' | 'allowPhoneNumberUsername'
> & {
  readonly userAgent: string | undefined;
};

/** Strangers may create accounts in the space. */
export function isRegistrationOpen({ context }: Call): boolean {
  return context.space.switches.public_registration;
}

/**
 * Creates an account by the rules of the REST API; `step` runs in the same transaction, so an account
 * never exists without its key and message.
 * @throws Refusal for what a result can say, ServiceError `space.full`
 */
export async function register(
  { platform, context }: Call,
  account: NewRegistration,
  step?: (inside: AccountsPlatform, accountId: number) => Promise<void>,
): Promise<Account> {
  const input: NewAccount = {
    ...account,
    userAgent: account.userAgent ?? context.userAgent,
    ipAddress: context.ip,
  };
  try {
    return await createAccount(platform, context.space, input, async (trx, id) =>
      step?.({ ...platform, db: trx }, id),
    );
  } catch (error) {
    throw isServiceError(error, 'invalid') ? creationRefusal(error) : error;
  }
}

/**
 * What is stored of a new account: the hash that the client sent, or without one that of a random
 * password, which the client learns when it activates the account.
 * @throws Refusal `ERROR_ALGO_NOT_SUPPORTED`
 */
export function newPasswords(
  { platform, context: { space } }: Call,
  username: string,
  hash: string | undefined,
  named: PasswordAlgorithm | undefined,
): StoredPassword[] {
  if (hash !== undefined) return [readHash(space, hash, named)];
  const algorithm = named ?? space.digest?.defaultPasswordAlgorithm;
  if (algorithm === undefined) throw refuse('ERROR_ALGO_NOT_SUPPORTED');
  const password = platform.random.token(RANDOM_PASSWORD_LENGTH);
  return [{ algorithm, ha1: computeHa1({ algorithm, username, realm: realmOf(space), password }) }];
}

/** Reserved names look taken; texts that are no name at all count as missing. */
function creationRefusal({ fields }: ServiceError): Refusal {
  const username = [fields['username'] ?? []].flat();
  if (username.some(isTaken)) return refuse('ERROR_ACCOUNT_ALREADY_IN_USE');
  if (username.length > 0) return refuse('ERROR_USERNAME_PARAMETER_NOT_FOUND');
  return refuse('ERROR_EMAIL_ALREADY_IN_USE');
}

function isTaken(fault: FieldFault): boolean {
  return fault === 'validation.unique' || fault === 'validation.blacklisted';
}
