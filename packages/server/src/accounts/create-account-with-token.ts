import type { Space } from '../spaces/space.ts';
import {
  checkAccountCreationToken,
  spendAccountCreationToken,
} from '../tokens/account-creation-token.ts';
import type { Account } from './account.ts';
import type { AccountsPlatform } from './account-hooks.ts';
import { createAccount, type CreationStep, type NewAccount } from './create-account.ts';

/**
 * Creates an account for a stranger that holds an account creation token, which it spends: both
 * happen, or nothing.
 * @throws ServiceError like createAccount, `validation.failed` on `account_creation_token`
 */
export async function createAccountWithToken(
  platform: AccountsPlatform,
  space: Space,
  token: string,
  account: NewAccount,
  step?: CreationStep,
): Promise<Account> {
  const held = await checkAccountCreationToken(platform, token);
  return createAccount(platform, space, account, async (trx, id) => {
    await spendAccountCreationToken(trx, held, id, platform.clock.now());
    await step?.(trx, id);
  });
}
