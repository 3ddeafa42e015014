import { findAccountById } from '../../accounts/account.service.ts';
import { transaction } from '../../db/transaction.ts';
import { enforceLimit } from '../../rate-limit/enforce.ts';
import { confirmAccount, tellHooks } from '../confirmation/confirm-account.ts';
import { findCreationWaitingFor } from '../confirmation/confirmation-key.ts';
import { sendRecoveryMail } from '../confirmation/send-email-key.ts';
import { sendSmsKey } from '../confirmation/send-sms-key.ts';
import { withKey } from '../confirmation/with-key.ts';
import { preferredPassword, readAlgorithm } from '../hashes.ts';
import { readLanguage } from '../language.ts';
import { guesses, recoveries, sendings } from '../limits.ts';
import { type Call, method } from '../method.ts';
import { checkPlus, findByAlias, findNamed, getUsable, storedForm } from '../named-account.ts';
import { refuse } from '../result.ts';

/** Sends a code to the phone of an account and answers the account's name. */
export const recoverPhoneAccount = method({
  names: ['recover_phone_account'],
  params: ['phone', 'domain', 'language'],
  required: { phone: 'ERROR_PHONE_PARAMETER_NOT_FOUND' },
  limit: sendings,
  run: async (call, args) => {
    checkPlus(args.phone);
    const { platform, context } = call;
    const { space } = context;
    const phone = storedForm(args.phone);
    const account =
      (await findNamed(call, phone)) ??
      (await findByAlias(call, phone)) ??
      (await findWaiting(call, phone));
    if (account === undefined) throw refuse('ERROR_ACCOUNT_DOESNT_EXIST');
    if (account.blocked) throw refuse('ERROR_CANT_RECOVER_ACCOUNT');
    const locale = readLanguage(call, args.language);
    const { id: accountId, username } = account;
    await transaction(platform.db, (trx) =>
      sendSmsKey(
        { ...platform, db: trx },
        { space, locale, accountId, purpose: 'recovery', phone },
      ),
    );
    return username;
  },
});

/** Mails a key to the address of an account, for those who know that address. */
export const recoverEmailAccount = method({
  names: ['recover_email_account'],
  params: ['username', 'email', 'domain'],
  required: {
    username: 'ERROR_USERNAME_PARAMETER_NOT_FOUND',
    email: 'ERROR_EMAIL_PARAMETER_NOT_FOUND',
  },
  limit: sendings,
  run: async (call, args) => {
    const { platform, context, limiter } = call;
    const account = await getUsable(call, args.username);
    const { email } = account;
    if (email === undefined || email.toLowerCase() !== args.email.toLowerCase()) {
      throw refuse('ERROR_EMAIL_DOESNT_MATCH');
    }
    await enforceLimit(limiter, recoveries, String(account.id));
    await transaction(platform.db, (trx) =>
      sendRecoveryMail({ ...platform, db: trx }, context, { ...account, email }),
    );
    return 'OK';
  },
});

/**
 * Answers hash and algorithm, in this order, to whoever read the key of a creation or recovery, and
 * activates the account. A code to link a phone is not accepted: a stranger may have asked for it.
 */
export const recoverAccountFromConfirmationKey = method({
  names: ['recover_account_from_confirmation_key'],
  params: ['username', 'key', 'domain', 'algorithm'],
  required: { username: 'ERROR_USERNAME_PARAMETER_NOT_FOUND' },
  limit: guesses,
  run: async (call, args) => {
    const wanted = readAlgorithm(args.algorithm);
    const { platform, context } = call;
    const account = await getUsable(call, args.username);
    const attempt = {
      accountId: account.id,
      purposes: ['activation', 'recovery'],
      sentTo: 'anywhere',
      key: args.key,
    } as const;
    const { confirmed, ha1, algorithm } = await withKey(platform, attempt, async (inside, key) => {
      const claims = !account.activated || key.purpose === 'activation';
      const phone = claims ? key.phone : undefined;
      return {
        ...(await preferredPassword(inside.db, context.space, account.id, wanted, 'any')),
        confirmed: await confirmAccount(inside, context, account.id, phone),
      };
    });
    await tellHooks(platform, confirmed);
    return { password: ha1, algorithm };
  },
});

/** The account whose creation waits for the code sent to this phone: the SMS may have been lost. */
async function findWaiting({ platform, context }: Call, phone: string) {
  const id = await findCreationWaitingFor(platform.db, phone, context.space.domain);
  return id === undefined ? undefined : findAccountById(platform, id);
}
