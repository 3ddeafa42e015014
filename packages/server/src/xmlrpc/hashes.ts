import { type PasswordAlgorithm, passwordAlgorithms } from '@dialtone/contract';
import { timingSafeEqual } from 'node:crypto';
import { selectPasswords, type StoredPassword } from '../accounts/password/password.repository.ts';
import type { Db } from '../db/database.ts';
import { realmOf, type Space } from '../spaces/space.ts';
import { refuse } from './result.ts';

/** Hexadecimal digits of a hash. */
const lengths: Readonly<Record<PasswordAlgorithm, number>> = { MD5: 32, 'SHA-256': 64 };

/**
 * The algorithm argument; undefined when it is missing.
 * @throws Refusal for anything but the two names, `clrtxt` included (X10, X15)
 */
export function readAlgorithm(argument: string | undefined): PasswordAlgorithm | undefined {
  if (argument === undefined) return undefined;
  const known = passwordAlgorithms.find((name) => name === argument);
  if (known === undefined) throw refuse('ERROR_ALGO_NOT_SUPPORTED');
  return known;
}

/**
 * A hash to store. Clients that name no algorithm are told by its length: old ones know MD5 only.
 * Clients hash with the domain as realm; where the space has another one the hash could never be used,
 * so it is refused rather than kept.
 * @throws Refusal `ERROR_ALGO_NOT_SUPPORTED`
 */
export function readHash(
  space: Pick<Space, 'domain' | 'digest'>,
  hash: string,
  algorithm: PasswordAlgorithm | undefined,
): StoredPassword {
  const named = algorithm ?? passwordAlgorithms.find((name) => lengths[name] === hash.length);
  const usable =
    named !== undefined &&
    hash.length === lengths[named] &&
    /^[0-9a-f]+$/i.test(hash) &&
    space.digest !== undefined &&
    realmOf(space) === space.domain;
  if (!usable) throw refuse('ERROR_ALGO_NOT_SUPPORTED');
  return { algorithm: named, ha1: hash.toLowerCase() };
}

/** Passwords of one algorithm; all of them when none is named. */
export function ofAlgorithm(
  stored: readonly StoredPassword[],
  algorithm: PasswordAlgorithm | undefined,
): readonly StoredPassword[] {
  return algorithm === undefined
    ? stored
    : stored.filter((password) => password.algorithm === algorithm);
}

/** Whether `hash` is one of `stored`; takes the same time wherever they differ. */
export function isHashOf(stored: readonly StoredPassword[], hash: string): boolean {
  const given = Buffer.from(hash.toLowerCase());
  return stored.some(({ ha1 }) => {
    const expected = Buffer.from(ha1.toLowerCase());
    return expected.length === given.length && timingSafeEqual(expected, given);
  });
}

/**
 * The password whose hash a client is told: of the algorithm it asked for, else of the space's own
 * algorithm, else the oldest. With `fallback` `any` it may be one that the client did not ask for.
 * @throws Refusal `ERROR_PASSWORD_NOT_FOUND`
 */
export async function preferredPassword(
  db: Db,
  space: Pick<Space, 'digest'>,
  accountId: number,
  algorithm: PasswordAlgorithm | undefined,
  fallback: 'none' | 'any' = 'none',
): Promise<StoredPassword> {
  const stored = await selectPasswords(db, accountId);
  const wanted = algorithm ?? space.digest?.defaultPasswordAlgorithm;
  const exact = stored.find((password) => password.algorithm === wanted);
  const chosen = exact ?? (algorithm === undefined || fallback === 'any' ? stored[0] : undefined);
  if (chosen === undefined) throw refuse('ERROR_PASSWORD_NOT_FOUND');
  return chosen;
}
