import { confirmAccount, tellHooks } from '../confirmation/confirm-account.ts';
import { withKey } from '../confirmation/with-key.ts';
import { preferredPassword, readAlgorithm } from '../hashes.ts';
import { guesses } from '../limits.ts';
import { method } from '../method.ts';
import { getUsable } from '../named-account.ts';

/**
 * Answers hash and algorithm, in this order, to whoever read the key of a creation or recovery, and
 * activates the account. A code to link a phone is not accepted: a stranger may have asked for it.
 */
export const recoverAccountFromConfirmationKey = method({
  names: ['recover_account_from_confirmation_key'],
  params: ['username', 'key', 'domain', 'algorithm'],
  required: { username: 'ERROR_USERNAME_PARAMETER_NOT_FOUND' },
  limit: guesses,
  run: async (call, args) => {
    const wanted = readAlgorithm(args.algorithm);
    const { platform, context } = call;
    const account = await getUsable(call, args.username);
    const attempt = {
      accountId: account.id,
      purposes: ['activation', 'recovery'],
      sentTo: 'anywhere',
      key: args.key,
    } as const;
    const { confirmed, ha1, algorithm } = await withKey(platform, attempt, async (inside, key) => {
      const claims = !account.activated || key.purpose === 'activation';
      const phone = claims ? key.phone : undefined;
      return {
        ...(await preferredPassword(inside.db, context.space, account.id, wanted, 'any')),
        confirmed: await confirmAccount(inside, context, account.id, phone),
      };
    });
    await tellHooks(platform, confirmed);
    return { password: ha1, algorithm };
  },
});
