import { readAlgorithm } from '../hashes.ts';
import { sendings } from '../limits.ts';
import { method } from '../method.ts';
import { isRegistrationOpen, newPasswords } from '../register.ts';
import { registerByEmail } from '../register-by-email.ts';

/** Answers at once; the account works when its owner has used the key of the mail. */
export const createEmailAccount = method({
  names: ['create_email_account'],
  params: ['username', 'email', 'hash', 'userAgent', 'domain', 'algorithm'],
  required: {
    username: 'ERROR_USERNAME_PARAMETER_NOT_FOUND',
    email: 'ERROR_EMAIL_PARAMETER_NOT_FOUND',
  },
  limit: sendings,
  offered: isRegistrationOpen,
  run: async (call, args) => {
    const algorithm = readAlgorithm(args.algorithm);
    const hashes = newPasswords(call, args.username, args.hash, algorithm);
    await registerByEmail(call, { ...args, hashes });
    return 'OK';
  },
});
