import { timingSafeEqual } from 'node:crypto';
import { computeHa1 } from '@dialtone/sip/digest';
import { realmOf, type Space } from '../../spaces/space.ts';
import type { StoredPassword } from './password.repository.ts';

/**
 * What is stored of a new password: one HA1 under the algorithm and realm of the account's own space
 * (flexiapi-core.md §12 number 11). Nothing when the space has no digest configuration: it does not
 * use SIP passwords.
 */
export function hashPassword(
  space: Pick<Space, 'domain' | 'digest'>,
  username: string,
  password: string,
): StoredPassword[] {
  if (space.digest === undefined) return [];
  const algorithm = space.digest.defaultPasswordAlgorithm;
  return [{ algorithm, ha1: computeHa1({ algorithm, username, realm: realmOf(space), password }) }];
}

/** Whether `password` is one of the stored ones; takes the same time wherever they differ. */
export function matchesPassword(
  space: Pick<Space, 'domain' | 'digest'>,
  username: string,
  password: string,
  stored: readonly StoredPassword[],
): boolean {
  const realm = realmOf(space);
  return stored.some(({ algorithm, ha1 }) => {
    const candidate = Buffer.from(computeHa1({ algorithm, username, realm, password }));
    const expected = Buffer.from(ha1.toLowerCase());
    return candidate.length === expected.length && timingSafeEqual(candidate, expected);
  });
}
