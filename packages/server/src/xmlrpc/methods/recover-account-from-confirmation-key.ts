import { claimByKey } from '../confirmation/claim-by-key.ts';
import { preferredPassword, readAlgorithm } from '../hashes.ts';
import { guesses } from '../limits.ts';
import { method } from '../method.ts';
import { getUsable } from '../named-account.ts';

/**
 * Answers hash and algorithm, in this order, to whoever read the key of a creation or recovery, and
 * activates the account.
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
    return claimByKey(platform, context, account, args.key, async ({ db }) => {
      const { ha1, algorithm } = await preferredPassword(
        db,
        context.space,
        account.id,
        wanted,
        'any',
      );
      return { password: ha1, algorithm };
    });
  },
});
