import { confirmAccount, tellHooks } from '../confirmation/confirm-account.ts';
import { withKey } from '../confirmation/with-key.ts';
import { prove } from '../credentials.ts';
import { readAlgorithm } from '../hashes.ts';
import { guesses } from '../limits.ts';
import { method } from '../method.ts';
import { checkPlus, findNamed, getUsable, storedForm } from '../named-account.ts';
import { refuse } from '../result.ts';

/** Makes the phone the account's alias, whoever had it before; that account is told (X14). */
export const activatePhoneNumberLink = method({
  names: ['activate_phone_number_link'],
  params: ['phone', 'username', 'key', 'ha1', 'domain', 'algorithm'],
  required: {
    phone: 'ERROR_PHONE_PARAMETER_NOT_FOUND',
    username: 'ERROR_USERNAME_PARAMETER_NOT_FOUND',
  },
  limit: guesses,
  owner: (call, { username }) => findNamed(call, username),
  run: async (call, args) => {
    checkPlus(args.phone);
    const algorithm = readAlgorithm(args.algorithm);
    const { platform, context } = call;
    const account = await getUsable(call, args.username);
    if (!account.activated) throw refuse('ERROR_ACCOUNT_NOT_ACTIVATED');
    const phone = storedForm(args.phone);
    const attempt = {
      accountId: account.id,
      purposes: ['link'],
      sentTo: { phone },
      key: args.key,
    } as const;
    const confirmed = await withKey(platform, attempt, async (inside) => {
      await prove({ ...call, platform: inside }, account, { hash: args.ha1, algorithm });
      return confirmAccount(inside, context, account.id, phone);
    });
    await tellHooks(platform, confirmed);
    return 'OK';
  },
});
