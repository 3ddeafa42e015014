import { confirmAccount, tellHooks } from '../confirmation/confirm-account.ts';
import { withKey } from '../confirmation/with-key.ts';
import { preferredPassword, readAlgorithm } from '../hashes.ts';
import { guesses } from '../limits.ts';
import { method } from '../method.ts';
import { checkPlus, getUsable, storedForm } from '../named-account.ts';

/**
 * Answers the stored hash to whoever read the SMS. A key serves for the phone it was sent to only
 * (X8). An account that waits for it is activated and gets the phone; for another one this is its
 * recovery and changes nothing.
 */
export const activatePhoneAccount = method({
  names: ['activate_phone_account'],
  params: ['phone', 'username', 'key', 'domain', 'algorithm'],
  required: {
    phone: 'ERROR_PHONE_PARAMETER_NOT_FOUND',
    username: 'ERROR_USERNAME_PARAMETER_NOT_FOUND',
  },
  limit: guesses,
  run: async (call, args) => {
    checkPlus(args.phone);
    const algorithm = readAlgorithm(args.algorithm);
    const { platform, context } = call;
    const account = await getUsable(call, args.username);
    const phone = storedForm(args.phone);
    const attempt = {
      accountId: account.id,
      purposes: ['activation', 'recovery'],
      sentTo: { phone },
      key: args.key,
    } as const;
    const { confirmed, hash } = await withKey(platform, attempt, async (inside, { purpose }) => {
      const claims = !account.activated || purpose === 'activation';
      return {
        confirmed: claims ? await confirmAccount(inside, context, account.id, phone) : undefined,
        hash: (await preferredPassword(inside.db, context.space, account.id, algorithm)).ha1,
      };
    });
    if (confirmed !== undefined) await tellHooks(platform, confirmed);
    return hash;
  },
});
