import { readHash } from '../hashes.ts';
import { sendings } from '../limits.ts';
import { method } from '../method.ts';
import { isRegistrationOpen } from '../register.ts';
import { registerByEmail } from '../register-by-email.ts';

/** Stores both hashes, so that clients of either age can register (X16). */
export const createEmailMd5Sha256Account = method({
  names: ['create_email_md5_sha256_account'],
  params: ['username', 'email', 'md5', 'sha256', 'userAgent', 'domain'],
  required: {
    username: 'ERROR_USERNAME_PARAMETER_NOT_FOUND',
    email: 'ERROR_EMAIL_PARAMETER_NOT_FOUND',
    md5: 'ERROR_MD5_HASH_NOT_FOUND',
    sha256: 'ERROR_SHA256_HASH_NOT_FOUND',
  },
  limit: sendings,
  offered: isRegistrationOpen,
  run: async (call, args) => {
    const { space } = call.context;
    const hashes = [readHash(space, args.md5, 'MD5'), readHash(space, args.sha256, 'SHA-256')];
    await registerByEmail(call, { ...args, hashes });
    return 'OK';
  },
});
