import { transaction } from '../../db/transaction.ts';
import { findRecoverable } from '../confirmation/find-recoverable.ts';
import { sendSmsKey } from '../confirmation/send-sms-key.ts';
import { readLanguage } from '../language.ts';
import { sendings } from '../limits.ts';
import { method } from '../method.ts';
import { checkPlus, storedForm } from '../named-account.ts';
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
    const account = await findRecoverable(call, phone);
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
