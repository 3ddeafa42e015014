import type { StoredPassword } from '../../accounts/password/password.repository.ts';
import { sendActivationMail } from '../confirmation/send-email-key.ts';
import { readEmail } from '../email.ts';
import { readAlgorithm, readHash } from '../hashes.ts';
import { sendings } from '../limits.ts';
import { type Call, method } from '../method.ts';
import { isRegistrationOpen, randomHash, register } from '../register.ts';

const required = {
  username: 'ERROR_USERNAME_PARAMETER_NOT_FOUND',
  email: 'ERROR_EMAIL_PARAMETER_NOT_FOUND',
} as const;

export const createEmailAccount = method({
  names: ['create_email_account'],
  params: ['username', 'email', 'hash', 'userAgent', 'domain', 'algorithm'],
  required,
  limit: sendings,
  offered: isRegistrationOpen,
  run: async (call, args) => {
    const algorithm = readAlgorithm(args.algorithm);
    const hashes =
      args.hash === undefined
        ? randomHash(call, args.username, algorithm)
        : [readHash(call.context.space, args.hash, algorithm)];
    return create(call, { ...args, hashes });
  },
});

/** Stores both hashes, so that clients of either age can register (X16). */
export const createEmailMd5Sha256Account = method({
  names: ['create_email_md5_sha256_account'],
  params: ['username', 'email', 'md5', 'sha256', 'userAgent', 'domain'],
  required: {
    ...required,
    md5: 'ERROR_MD5_HASH_NOT_FOUND',
    sha256: 'ERROR_SHA256_HASH_NOT_FOUND',
  },
  limit: sendings,
  offered: isRegistrationOpen,
  run: async (call, args) => {
    const { space } = call.context;
    const hashes = [readHash(space, args.md5, 'MD5'), readHash(space, args.sha256, 'SHA-256')];
    return create(call, { ...args, hashes });
  },
});

interface NewEmailAccount {
  readonly username: string;
  readonly email: string;
  readonly hashes: readonly StoredPassword[];
  readonly userAgent: string | undefined;
}

async function create(call: Call, account: NewEmailAccount): Promise<'OK'> {
  const { username, hashes, userAgent } = account;
  const email = readEmail(account.email);
  await register(call, { username, email, hashes, userAgent }, (inside, id) =>
    sendActivationMail(inside, call.context, {
      id,
      username,
      domain: call.context.space.domain,
      email,
    }),
  );
  return 'OK';
}
