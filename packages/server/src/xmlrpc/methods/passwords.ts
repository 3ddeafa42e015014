import { setPasswordHashes } from '../../accounts/password/password.service.ts';
import { selectPasswords } from '../../accounts/password/password.repository.ts';
import { prove } from '../credentials.ts';
import { isHashOf, ofAlgorithm, readHash } from '../hashes.ts';
import { guesses } from '../limits.ts';
import { method } from '../method.ts';
import { findNamed, getNamed } from '../named-account.ts';
import { refuse } from '../result.ts';

const username = { username: 'ERROR_USERNAME_PARAMETER_NOT_FOUND' } as const;
const whenNone = 'ERROR_PASSWORD_DOESNT_MATCH';

/** Methods for passwords of both algorithms. */
export const passwordMethods = [
  method({
    names: ['update_passwords'],
    params: ['username', 'oldHash', 'md5', 'sha256', 'domain'],
    required: {
      ...username,
      oldHash: 'ERROR_OLD_HASH_NOT_FOUND',
      md5: 'ERROR_MD5_HASH_NOT_FOUND',
      sha256: 'ERROR_SHA256_HASH_NOT_FOUND',
    },
    limit: guesses,
    owner: (call, args) => findNamed(call, args.username),
    run: async (call, args) => {
      const { space } = call.context;
      const hashes = [readHash(space, args.md5, 'MD5'), readHash(space, args.sha256, 'SHA-256')];
      const account = await getNamed(call, args.username);
      await prove(call, account, { hash: args.oldHash, whenNone });
      await setPasswordHashes(call.platform, account.id, hashes);
      return 'OK';
    },
  }),
  method({
    names: ['upgrade_password'],
    params: ['username', 'md5', 'sha256', 'domain'],
    required: { ...username, sha256: 'ERROR_SHA256_HASH_NOT_FOUND' },
    limit: guesses,
    owner: (call, args) => findNamed(call, args.username),
    run: async (call, args) => {
      const sha256 = readHash(call.context.space, args.sha256, 'SHA-256');
      const account = await getNamed(call, args.username);
      const stored = await selectPasswords(call.platform.db, account.id);
      if (ofAlgorithm(stored, 'SHA-256').length > 0) {
        throw refuse('ERROR_SHA256_PASSWORD_ALREADY_EXISTS');
      }
      await prove(call, account, { hash: args.md5, algorithm: 'MD5', whenNone });
      await setPasswordHashes(call.platform, account.id, [sha256], { samePassword: true });
      return 'OK';
    },
  }),
  method({
    names: ['check_authentication'],
    params: ['username', 'hash', 'domain'],
    required: username,
    limit: guesses,
    owner: (call, args) => findNamed(call, args.username),
    run: async (call, args) => {
      await prove(call, await getNamed(call, args.username), { hash: args.hash, whenNone });
      return 'OK';
    },
  }),
  method({
    names: ['check_authentication_and_upgrade_password'],
    params: ['username', 'md5', 'sha256', 'domain'],
    required: { ...username, sha256: 'ERROR_SHA256_HASH_NOT_FOUND' },
    limit: guesses,
    owner: (call, args) => findNamed(call, args.username),
    run: async (call, args) => {
      const sha256 = readHash(call.context.space, args.sha256, 'SHA-256');
      const account = await getNamed(call, args.username);
      const stored = await selectPasswords(call.platform.db, account.id);
      if (isHashOf(ofAlgorithm(stored, 'SHA-256'), args.sha256)) return 'OK';
      await prove(call, account, { hash: args.md5, algorithm: 'MD5', whenNone });
      const md5 = ofAlgorithm(stored, 'MD5');
      await setPasswordHashes(call.platform, account.id, [...md5, sha256], { samePassword: true });
      return 'OK';
    },
  }),
];
