import { translate } from '@dialtone/phrases';
import { transaction } from '../../db/transaction.ts';
import { forbidden } from '../../errors/service-error.ts';
import type { RequestContext } from '../../http/request-context.ts';
import { composeMail, findSignature, type MailPart } from '../../messaging/mail/compose-mail.ts';
import { enqueue } from '../../messaging/outbox.ts';
import { createResetPasswordEmailToken } from '../../tokens/reset-password-email-token.ts';
import { type Account, addressOf } from '../account.ts';
import type { AccountsPlatform } from '../account-hooks.ts';

/**
 * Mails an account a link on which it chooses a new password (flexiapi-core.md §6.11).
 * @throws ServiceError `account.no_email`
 */
export async function sendResetPasswordMail(
  platform: AccountsPlatform,
  context: Pick<RequestContext, 'space' | 'locale' | 'origin' | 'ip' | 'userAgent'>,
  account: Account,
): Promise<void> {
  const { email } = account;
  if (email === undefined) throw forbidden('account.no_email');
  const { space, locale, origin, ip, userAgent } = context;
  const minutes = platform.config.expiry.resetPasswordEmailTokenMinutes;
  await transaction(platform.db, async (trx) => {
    const inside = { ...platform, db: trx };
    const owner = { id: account.id, email };
    const token = await createResetPasswordEmailToken(inside, owner, { ip, userAgent });
    const mail = composeMail({
      to: email,
      locale,
      subject: translate(locale, 'mail.reset_password.subject', { space: space.name }),
      parts: [
        { paragraph: translate(locale, 'mail.reset_password.intro', { sip: addressOf(account) }) },
        { paragraph: translate(locale, 'mail.reset_password.link') },
        { link: `${origin}/reset_password/${token}` },
        ...validity(locale, minutes),
      ],
      signature: await findSignature(trx, platform.config, space.id),
    });
    await enqueue(inside, mail, {
      spaceId: space.id,
      ...(minutes > 0 ? { expiresAt: platform.clock.now() + minutes * 60_000 } : {}),
    });
  });
}

function validity(locale: RequestContext['locale'], minutes: number): MailPart[] {
  if (minutes <= 0) return [];
  const hours = Math.max(1, Math.round(minutes / 60));
  return [{ paragraph: translate(locale, 'mail.validity_hours', { hours }) }];
}
