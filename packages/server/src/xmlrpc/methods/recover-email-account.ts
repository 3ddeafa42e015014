import { transaction } from '../../db/transaction.ts';
import { enforceLimit } from '../../rate-limit/enforce.ts';
import { sendRecoveryMail } from '../confirmation/send-email-key.ts';
import { recoveries, sendings } from '../limits.ts';
import { method } from '../method.ts';
import { getUsable } from '../named-account.ts';
import { refuse } from '../result.ts';

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
