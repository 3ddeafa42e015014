import type { AccountsPlatform } from './account-hooks.ts';
import type { Account } from './account.ts';
import { createAccount } from './create-account.ts';
import { createAdminKey } from '../auth/api-keys.service.ts';
import type { Space } from '../spaces/space.ts';

/** The first person of a space. */
export interface NewAdministrator {
  readonly username: string;
  readonly password: string;
  /** Name of the API key in the panel. */
  readonly keyName: string;
}

/**
 * An activated administrator and an API key of its own that never expires; both or neither.
 * @throws ServiceError like createAccount
 */
export async function createAdministrator(
  platform: AccountsPlatform,
  space: Space,
  { username, password, keyName }: NewAdministrator,
): Promise<{ readonly account: Account; readonly apiKey: string }> {
  let apiKey = '';
  const account = await createAccount(
    platform,
    space,
    { username, password, admin: true, activated: true, ipAddress: '127.0.0.1' },
    async (db, accountId) => {
      apiKey = await createAdminKey({ ...platform, db }, { accountId, name: keyName });
    },
  );
  return { account, apiKey };
}
