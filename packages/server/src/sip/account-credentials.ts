import type { AccountLookup, CredentialsSource } from '@dialtone/sip/registrar';
import { type Credentials, findCredentials } from '../accounts/password/find-credentials.ts';
import type { Platform } from '../platform.ts';
import { isExpired, realmOf } from '../spaces/space.ts';
import { findSpaceByDomain } from '../spaces/space.service.ts';

/** The registrar's view of the accounts: only active, unblocked ones of a living space may register. */
export function accountCredentials(platform: Pick<Platform, 'db' | 'clock'>): CredentialsSource {
  return {
    async find(username, domain): Promise<AccountLookup> {
      const name = domain.toLowerCase();
      const now = platform.clock.now();
      // Nobody has a name with NUL, and PostgreSQL takes it for an error to ask.
      const found = username.includes('\0')
        ? undefined
        : await findCredentials(platform.db, username, name);
      if (found !== undefined && mayRegister(found, now)) {
        return { kind: 'account', realm: found.realm, hashes: found.passwords };
      }
      const space = await findSpaceByDomain(platform, name);
      if (space === undefined || isExpired(space, now)) return { kind: 'foreign' };
      return {
        kind: 'nobody',
        realm: realmOf(space),
        algorithms: [space.digest?.defaultPasswordAlgorithm ?? 'SHA-256'],
      };
    },
  };
}

const mayRegister = (account: Credentials, now: number): boolean =>
  account.activated && !account.blocked && account.passwords.length > 0 && !isExpired(account, now);
