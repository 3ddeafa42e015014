import { transaction } from '../../db/transaction.ts';
import { confirmAccount, tellHooks } from '../confirmation/confirm-account.ts';
import { sendSmsKey } from '../confirmation/send-sms-key.ts';
import { withKey } from '../confirmation/with-key.ts';
import { prove } from '../credentials.ts';
import { readAlgorithm } from '../hashes.ts';
import { readLanguage } from '../language.ts';
import { guesses, sendings } from '../limits.ts';
import { method } from '../method.ts';
import { checkPlus, findNamed, getUsable, storedForm } from '../named-account.ts';
import { refuse } from '../result.ts';

const required = {
  phone: 'ERROR_PHONE_PARAMETER_NOT_FOUND',
  username: 'ERROR_USERNAME_PARAMETER_NOT_FOUND',
} as const;

/**
 * Sends a code to a phone that an account wants as its alias. Anybody may ask, for any account and
 * any phone, so this code opens nothing but the link, which needs the password too.
 */
export const linkPhoneNumber = method({
  names: ['link_phone_number_with_account'],
  params: ['phone', 'username', 'domain', 'language'],
  required,
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

/** Makes the phone the account's alias, whoever had it before; that account is told (X14). */
export const activatePhoneNumberLink = method({
  names: ['activate_phone_number_link'],
  params: ['phone', 'username', 'key', 'ha1', 'domain', 'algorithm'],
  required,
  limit: guesses,
  owner: (call, { username }) => findNamed(call, username),
  run: async (call, args) => {
    checkPlus(args.phone);
    const algorithm = readAlgorithm(args.algorithm);
    const { platform, context } = call;
    const account = await getUsable(call, args.username);
    if (!account.activated) throw refuse('ERROR_ACCOUNT_NOT_ACTIVATED');
    const phone = storedForm(args.phone);
    const attempt = {
      accountId: account.id,
      purposes: ['link'],
      sentTo: { phone },
      key: args.key,
    } as const;
    const confirmed = await withKey(platform, attempt, async (inside) => {
      await prove({ ...call, platform: inside }, account, { hash: args.ha1, algorithm });
      return confirmAccount(inside, context, account.id, phone);
    });
    await tellHooks(platform, confirmed);
    return 'OK';
  },
});
