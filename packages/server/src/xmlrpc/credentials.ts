import type { PasswordAlgorithm } from '@dialtone/contract';
import { networkOf } from '@dialtone/sip';
import type { Account } from '../accounts/account.ts';
import { matchesPassword } from '../accounts/password/hash-password.ts';
import { selectPasswords, type StoredPassword } from '../accounts/password/password.repository.ts';
import { isHashOf, ofAlgorithm } from './hashes.ts';
import type { Call } from './method.ts';
import { type ErrorResult, refuse } from './result.ts';

/** What a caller says to know of an account. */
interface Claim {
  /** H(username:domain:password). */
  readonly hash?: string | undefined;
  /** The password itself; tried where it is given. */
  readonly password?: string | undefined;
  /** Only passwords of this algorithm count. */
  readonly algorithm?: PasswordAlgorithm | undefined;
  /** The result when there is no such password; default `ERROR_PASSWORD_NOT_FOUND`. */
  readonly whenNone?: ErrorResult;
}

/**
 * Lets a caller go on that knows a password of the account, or its hash, and returns all that is
 * stored. Wrong ones are counted together with wrong digests.
 * @throws Refusal `ERROR_PASSWORD_DOESNT_MATCH`, ServiceError `request.too_many`
 */
export async function prove(
  { platform, context, failures }: Call,
  account: Account,
  claim: Claim,
): Promise<readonly StoredPassword[]> {
  const stored = await selectPasswords(platform.db, account.id);
  const eligible = ofAlgorithm(stored, claim.algorithm);
  if (eligible.length === 0) throw refuse(claim.whenNone ?? 'ERROR_PASSWORD_NOT_FOUND');
  const guesser = `${account.id}:${networkOf(context.ip)}`;
  const { hash, password } = claim;
  const judge = async (): Promise<boolean> =>
    (hash !== undefined && isHashOf(eligible, hash)) ||
    (password !== undefined &&
      matchesPassword(context.space, account.username, password, eligible));
  const right = await failures.attempt(guesser, judge, (is) => !is);
  if (!right) throw refuse('ERROR_PASSWORD_DOESNT_MATCH');
  return stored;
}
