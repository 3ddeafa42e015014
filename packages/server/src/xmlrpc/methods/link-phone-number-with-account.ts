import { transaction } from '../../db/transaction.ts';
import { sendSmsKey } from '../confirmation/send-sms-key.ts';
import { readLanguage } from '../language.ts';
import { sendings } from '../limits.ts';
import { method } from '../method.ts';
import { checkPlus, getUsable, storedForm } from '../named-account.ts';
import { refuse } from '../result.ts';

/**
 * Sends a code to a phone that an account wants as its alias. Anybody may ask, for any account and
 * any phone, so this code opens nothing but the link, which needs the password too.
 */
export const linkPhoneNumberWithAccount = method({
  names: ['link_phone_number_with_account'],
  params: ['phone', 'username', 'domain', 'language'],
  required: {
    phone: 'ERROR_PHONE_PARAMETER_NOT_FOUND',
    username: 'ERROR_USERNAME_PARAMETER_NOT_FOUND',
  },
  limit: sendings,
  run: async (call, args) => {
    checkPlus(args.phone);
    const { platform, context } = call;
    const { space } = context;
    const { id: accountId } = await getUsable(call, args.username);
    if (!space.switches.phone_registration) throw refuse('ERROR_SMS_API_DISABLED');
    const phone = storedForm(args.phone);
    const locale = readLanguage(call, args.language);
    await transaction(platform.db, (trx) =>
      sendSmsKey({ ...platform, db: trx }, { space, locale, accountId, purpose: 'link', phone }),
    );
    return 'OK';
  },
});
