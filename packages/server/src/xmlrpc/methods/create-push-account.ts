import { preferredPassword, readAlgorithm } from '../hashes.ts';
import { sendings } from '../limits.ts';
import { method } from '../method.ts';
import { isRegistrationOpen, newPasswords, register } from '../register.ts';

const USERNAME_LENGTH = 12;

/**
 * Creates an activated account with a random name and password. Nothing shows that a person wants it,
 * so only accounts of the space may, whatever `USE_DIGEST_AUTH` says.
 */
export const createPushAccount = method({
  names: ['create_push_account'],
  params: ['userAgent', 'domain', 'algorithm'],
  limit: sendings,
  members: true,
  offered: isRegistrationOpen,
  run: async (call, args) => {
    const algorithm = readAlgorithm(args.algorithm);
    const username = call.platform.random.token(USERNAME_LENGTH).toLowerCase();
    const hashes = newPasswords(call, username, undefined, algorithm);
    const { userAgent } = args;
    const account = await register(call, { username, hashes, userAgent, activated: true });
    const { db } = call.platform;
    const password = await preferredPassword(db, call.context.space, account.id, algorithm);
    const { domain } = account;
    return { username, domain, password: password.ha1, algorithm: password.algorithm };
  },
});
