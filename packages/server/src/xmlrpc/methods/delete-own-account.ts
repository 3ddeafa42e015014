import type { Account } from '../../accounts/account.ts';
import { deleteAccount } from '../../accounts/account.service.ts';
import { prove } from '../credentials.ts';
import { readAlgorithm } from '../hashes.ts';
import { guesses } from '../limits.ts';
import { type Call, method } from '../method.ts';
import { findNamed, getNamed, storedForm } from '../named-account.ts';
import { refuse } from '../result.ts';

const username = { username: 'ERROR_USERNAME_PARAMETER_NOT_FOUND' } as const;

/** Deletes an account whose e-mail address and hash the caller knows. */
export const deleteEmailAccount = method({
  names: ['delete_email_account'],
  params: ['username', 'email', 'ha1', 'domain', 'algorithm'],
  required: username,
  limit: guesses,
  owner: (call, args) => findNamed(call, args.username),
  run: async (call, args) => {
    const account = await getNamed(call, args.username);
    if (args.email === undefined || args.email !== account.email) {
      throw refuse('ERROR_EMAIL_DOESNT_MATCH');
    }
    return deleteProved(call, account, args);
  },
});

/** Deletes an account whose phone, or name when that is a phone, and hash the caller knows. */
export const deletePhoneAccount = method({
  names: ['delete_phone_account'],
  params: ['username', 'phone', 'ha1', 'domain', 'algorithm'],
  required: username,
  limit: guesses,
  owner: (call, args) => findNamed(call, args.username),
  run: async (call, args) => {
    const account = await getNamed(call, args.username);
    const phone = args.phone === undefined ? undefined : storedForm(args.phone);
    if (phone === undefined || (phone !== account.username && phone !== account.phone)) {
      throw refuse('ERROR_ALIAS_DOESNT_MATCH');
    }
    return deleteProved(call, account, args);
  },
});

async function deleteProved(
  call: Call,
  account: Account,
  args: { readonly ha1: string | undefined; readonly algorithm: string | undefined },
): Promise<'OK'> {
  await prove(call, account, { hash: args.ha1, algorithm: readAlgorithm(args.algorithm) });
  await deleteAccount(call.platform, account.id);
  return 'OK';
}
