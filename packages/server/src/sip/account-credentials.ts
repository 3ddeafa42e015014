import type { AccountLookup, CredentialsSource } from '@dialtone/sip/registrar';
import { findCredentials } from '../accounts/password/find-credentials.ts';
import type { Platform } from '../platform.ts';
import { isExpired, realmOf } from '../spaces/space.ts';
import { findSpaceByDomain } from '../spaces/space.service.ts';

/** The registrar's view of the accounts: only active, unblocked ones of a living space may register. */
export function accountCredentials(platform: Pick<Platform, 'db' | 'clock'>): CredentialsSource {
  return {
    async find(username, domain): Promise<AccountLookup> {
      const name = domain.toLowerCase();
      const found = await findCredentials(platform.db, username, name);
      const space = await findSpaceByDomain(platform, name);
      if (space === undefined || isExpired(space, platform.clock.now())) return { kind: 'foreign' };
      if (found !== undefined && found.activated && !found.blocked && found.passwords.length > 0) {
        return { kind: 'account', realm: found.realm, hashes: found.passwords };
      }
      return {
        kind: 'nobody',
        realm: realmOf(space),
        algorithms: [space.digest?.defaultPasswordAlgorithm ?? 'SHA-256'],
      };
    },
  };
}
