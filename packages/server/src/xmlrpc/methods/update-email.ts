import { updateAccount } from '../../accounts/update-account.ts';
import { isServiceError } from '../../errors/service-error.ts';
import { prove } from '../credentials.ts';
import { readEmail } from '../email.ts';
import { readAlgorithm } from '../hashes.ts';
import { guesses } from '../limits.ts';
import { method } from '../method.ts';
import { findNamed, getNamed } from '../named-account.ts';
import { refuse } from '../result.ts';

/** Takes the clear password. */
export const updateEmail = method({
  names: ['update_email'],
  params: ['username', 'password', 'email', 'domain', 'algorithm'],
  required: {
    username: 'ERROR_USERNAME_PARAMETER_NOT_FOUND',
    email: 'ERROR_EMAIL_PARAMETER_NOT_FOUND',
  },
  limit: guesses,
  owner: (call, { username }) => findNamed(call, username),
  run: async (call, { username, password, ...args }) => {
    const algorithm = readAlgorithm(args.algorithm);
    const email = readEmail(args.email);
    const account = await getNamed(call, username);
    await prove(call, account, { password, algorithm });
    if (email === account.email) throw refuse('ERROR_EMAIL_NEW_SAME_AS_OLD');
    try {
      await updateAccount(call.platform, account.id, { email });
    } catch (error) {
      throw isServiceError(error, 'invalid') ? refuse('ERROR_EMAIL_ALREADY_IN_USE') : error;
    }
    return 'OK';
  },
});
