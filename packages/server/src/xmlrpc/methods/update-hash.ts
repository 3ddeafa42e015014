import { setPasswordHashes } from '../../accounts/password/password.service.ts';
import { prove } from '../credentials.ts';
import { readAlgorithm, readHash } from '../hashes.ts';
import { guesses } from '../limits.ts';
import { method } from '../method.ts';
import { findNamed, getNamed } from '../named-account.ts';

/** Replaces the password: passwords of other algorithms, which would stay the old one, go (X11). */
export const updateHash = method({
  names: ['update_hash', 'update_password'],
  params: ['username', 'oldHash', 'newHash', 'domain', 'algorithm'],
  required: {
    username: 'ERROR_USERNAME_PARAMETER_NOT_FOUND',
    oldHash: 'ERROR_OLD_HASH_NOT_FOUND',
    newHash: 'ERROR_NEW_HASH_NOT_FOUND',
  },
  limit: guesses,
  owner: (call, { username }) => findNamed(call, username),
  run: async (call, args) => {
    const named = readAlgorithm(args.algorithm);
    const password = readHash(call.context.space, args.newHash, named);
    const account = await getNamed(call, args.username);
    await prove(call, account, {
      hash: args.oldHash,
      algorithm: password.algorithm,
      whenNone: 'ERROR_PASSWORD_DOESNT_MATCH',
    });
    await setPasswordHashes(call.platform, account.id, [password]);
    return 'OK';
  },
});
