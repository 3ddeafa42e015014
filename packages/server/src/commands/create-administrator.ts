import type { Account } from '../accounts/account.ts';
import type { AccountsPlatform } from '../accounts/account-hooks.ts';
import { createAccount, type NewAccount } from '../accounts/create-account.ts';
import { createAdminKey } from '../auth/api-keys.service.ts';
import type { Space } from '../spaces/space.ts';

/** An administrator and the key with which it calls the API. */
export interface CreatedAdministrator {
  readonly account: Account;
  /** Never expires, valid from anywhere; shown this once. */
  readonly apiKey: string;
}

/**
 * Creates an activated administrator of `space` with an API key, both or neither.
 * @throws ServiceError `space.full`, `validation.failed`
 */
export async function createAdministrator(
  platform: AccountsPlatform,
  space: Space,
  administrator: Pick<NewAccount, 'username' | 'password' | 'email'>,
): Promise<CreatedAdministrator> {
  let apiKey = '';
  const account = await createAccount(
    platform,
    space,
    { ...administrator, admin: true, activated: true, ipAddress: '127.0.0.1' },
    async (trx, accountId) => {
      apiKey = await createAdminKey({ ...platform, db: trx }, { accountId, name: 'command line' });
    },
  );
  return { account, apiKey };
}
