import type { Account } from '../../accounts/account.ts';
import type { AccountsPlatform } from '../../accounts/account-hooks.ts';
import type { RequestContext } from '../../http/request-context.ts';
import { confirmAccount, tellHooks } from './confirm-account.ts';
import { withKey } from './with-key.ts';

/**
 * Activates the account of whoever read a key of its creation or recovery, wherever it was sent; the
 * phone of a creation becomes the account's. A code to link a phone is not accepted: a stranger may
 * have asked for it. `then` belongs to the claim: when it throws, nothing has happened.
 * @throws Refusal `ERROR_KEY_DOESNT_MATCH`
 */
export async function claimByKey<T>(
  platform: AccountsPlatform,
  context: Pick<RequestContext, 'space' | 'locale'>,
  account: Account,
  key: string | undefined,
  then: (inside: AccountsPlatform) => Promise<T>,
): Promise<T> {
  const attempt = {
    accountId: account.id,
    purposes: ['activation', 'recovery'],
    sentTo: 'anywhere',
    key,
  } as const;
  const { confirmed, value } = await withKey(platform, attempt, async (inside, spent) => {
    const claims = !account.activated || spent.purpose === 'activation';
    const phone = claims ? spent.phone : undefined;
    return {
      value: await then(inside),
      confirmed: await confirmAccount(inside, context, account.id, phone),
    };
  });
  await tellHooks(platform, confirmed);
  return value;
}
