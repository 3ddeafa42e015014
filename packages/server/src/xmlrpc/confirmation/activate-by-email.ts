import type { Account } from '../../accounts/account.ts';
import type { AccountsPlatform } from '../../accounts/account-hooks.ts';
import type { RequestContext } from '../../http/request-context.ts';
import { refuse } from '../result.ts';
import { confirmAccount, tellHooks } from './confirm-account.ts';
import { withKey } from './with-key.ts';

/**
 * Activates an account by the key that was mailed to it. `then` belongs to the activation: when it
 * throws, nothing has happened.
 * @throws Refusal `ERROR_ACCOUNT_ALREADY_ACTIVATED` whatever the key, `ERROR_KEY_DOESNT_MATCH`
 */
export async function activateByEmail<T>(
  platform: AccountsPlatform,
  context: Pick<RequestContext, 'space' | 'locale'>,
  account: Account,
  key: string | undefined,
  then: (inside: AccountsPlatform) => Promise<T>,
): Promise<T> {
  if (account.activated) throw refuse('ERROR_ACCOUNT_ALREADY_ACTIVATED');
  const attempt = {
    accountId: account.id,
    purposes: ['activation', 'recovery'],
    sentTo: 'email',
    key,
  } as const;
  const { confirmed, value } = await withKey(platform, attempt, async (inside) => ({
    confirmed: await confirmAccount(inside, context, account.id),
    value: await then(inside),
  }));
  await tellHooks(platform, confirmed);
  return value;
}
