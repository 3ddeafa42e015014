import { findAccountById } from '../../accounts/account.service.ts';
import { transaction } from '../../db/transaction.ts';
import { findCreationWaitingFor } from '../confirmation/confirmation-key.repository.ts';
import { sendSmsKey } from '../confirmation/send-sms-key.ts';
import { readLanguage } from '../language.ts';
import { sendings } from '../limits.ts';
import { type Call, method } from '../method.ts';
import { checkPlus, findByAlias, findNamed, storedForm } from '../named-account.ts';
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

/** The account whose creation waits for the code sent to this phone: the SMS may have been lost. */
async function findWaiting({ platform, context }: Call, phone: string) {
  const id = await findCreationWaitingFor(platform.db, phone, context.space.domain);
  return id === undefined ? undefined : findAccountById(platform, id);
}
