import { sendSmsKey } from '../confirmation/send-sms-key.ts';
import { readAlgorithm } from '../hashes.ts';
import { readLanguage } from '../language.ts';
import { sendings } from '../limits.ts';
import { method } from '../method.ts';
import { checkPlus, findByAlias, findNamed, storedForm } from '../named-account.ts';
import { isRegistrationOpen, newPasswords, register } from '../register.ts';
import { refuse } from '../result.ts';

/**
 * Creates an account that its owner activates by the code of an SMS; only then is the phone its
 * alias. Without username the account is called like the phone. When no SMS can be sent there is no
 * account either, so the user can simply try again (X6).
 */
export const createPhoneAccount = method({
  names: ['create_phone_account'],
  params: ['phone', 'username', 'hash', 'userAgent', 'domain', 'language', 'algorithm'],
  required: { phone: 'ERROR_PHONE_PARAMETER_NOT_FOUND' },
  limit: sendings,
  offered: (call) => isRegistrationOpen(call) && call.context.space.switches.phone_registration,
  run: async (call, args) => {
    checkPlus(args.phone);
    const { space } = call.context;
    const algorithm = readAlgorithm(args.algorithm);
    const username = args.username ?? args.phone;
    const phone = storedForm(args.phone);
    if (username.startsWith('+') && username !== args.phone)
      throw refuse('ERROR_ALIAS_DOESNT_MATCH');
    const hashes = newPasswords(call, username, args.hash, algorithm);
    if ((await findNamed(call, username)) !== undefined)
      throw refuse('ERROR_ACCOUNT_ALREADY_IN_USE');
    if ((await findByAlias(call, phone)) !== undefined) throw refuse('ERROR_ALIAS_ALREADY_IN_USE');
    const locale = readLanguage(call, args.language);
    // Whoever reads the SMS owns the number, so the account may be called like it.
    const allowPhoneNumberUsername = username === phone;
    const { userAgent } = args;
    const account = { username, hashes, userAgent, allowPhoneNumberUsername };
    await register(call, account, (inside, accountId) =>
      sendSmsKey(inside, { space, locale, accountId, purpose: 'activation', phone }),
    );
    return 'OK';
  },
});
