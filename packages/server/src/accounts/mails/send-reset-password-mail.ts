import { transaction } from '../../db/transaction.ts';
import { forbidden } from '../../errors/service-error.ts';
import type { RequestContext } from '../../http/request-context.ts';
import { validityText } from '../../mails/validity.ts';
import { writeMail } from '../../mails/write-mail.ts';
import { enqueue } from '../../messaging/outbox.ts';
import { linkOrigin } from '../../spaces/public-origin.ts';
import { createResetPasswordEmailToken } from '../../tokens/reset-password-email-token.ts';
import { type Account, addressOf } from '../account.ts';
import type { AccountsPlatform } from '../account-hooks.ts';

/**
 * Mails an account a link on which it chooses a new password (flexiapi-core.md §6.11).
 * @throws ServiceError `account.no_email`
 */
export async function sendResetPasswordMail(
  platform: AccountsPlatform,
  context: Pick<RequestContext, 'space' | 'locale' | 'origin' | 'host' | 'ip' | 'userAgent'>,
  account: Account,
): Promise<void> {
  const { email } = account;
  if (email === undefined) throw forbidden('account.no_email');
  const { space, locale, ip, userAgent } = context;
  const origin = linkOrigin(platform.config, context);
  const minutes = platform.config.expiry.resetPasswordEmailTokenMinutes;
  await transaction(platform.db, async (trx) => {
    const inside = { ...platform, db: trx };
    const owner = { id: account.id, email };
    const token = await createResetPasswordEmailToken(inside, owner, { ip, userAgent });
    const mail = await writeMail(inside, 'reset_password', {
      to: email,
      space,
      locale,
      values: {
        sip: addressOf(account),
        link: `${origin}/reset_password/${token}`,
        validity: validityText(locale, minutes),
      },
    });
    await enqueue(inside, mail, {
      spaceId: space.id,
      ...(minutes > 0 ? { expiresAt: platform.clock.now() + minutes * 60_000 } : {}),
    });
  });
}
