import { activateByEmail } from '../confirmation/activate-by-email.ts';
import { preferredPassword, readAlgorithm } from '../hashes.ts';
import { guesses } from '../limits.ts';
import { method } from '../method.ts';
import { getUsable } from '../named-account.ts';

/** Answers the stored hash, which becomes the client's secret. */
export const activateEmailAccount = method({
  names: ['activate_email_account'],
  params: ['username', 'key', 'domain', 'algorithm'],
  required: { username: 'ERROR_USERNAME_PARAMETER_NOT_FOUND' },
  limit: guesses,
  run: async (call, { username, key, ...rest }) => {
    const algorithm = readAlgorithm(rest.algorithm);
    const { platform, context } = call;
    const account = await getUsable(call, username);
    return activateByEmail(platform, context, account, key, async ({ db }) => {
      const { ha1 } = await preferredPassword(db, context.space, account.id, algorithm);
      return ha1;
    });
  },
});
