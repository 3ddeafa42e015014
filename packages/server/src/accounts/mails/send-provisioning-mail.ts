import { transaction } from '../../db/transaction.ts';
import { forbidden } from '../../errors/service-error.ts';
import type { RequestContext } from '../../http/request-context.ts';
import { writeMail } from '../../mails/write-mail.ts';
import { enqueue } from '../../messaging/outbox.ts';
import { linkOrigin } from '../../spaces/public-origin.ts';
import { createProvisioningToken } from '../../tokens/provisioning-token.ts';
import { createWizard } from '../../tokens/wizard.ts';
import { type Account, addressOf } from '../account.ts';
import type { AccountsPlatform } from '../account-hooks.ts';

/**
 * Mails an account how to set up its phone: a one-time link and a QR code, for a provisioning token
 * that replaces earlier ones (flexiapi-core.md §6.10).
 * @throws ServiceError `account.no_email`
 */
export async function sendProvisioningMail(
  platform: AccountsPlatform,
  context: Pick<RequestContext, 'space' | 'locale' | 'origin' | 'host' | 'ip' | 'userAgent'>,
  account: Account,
): Promise<void> {
  const { email } = account;
  if (email === undefined) throw forbidden('account.no_email');
  const { space, locale, ip, userAgent } = context;
  const origin = linkOrigin(platform.config, context);
  await transaction(platform.db, async (trx) => {
    const inside = { ...platform, db: trx };
    const { token, expiresAt } = await createProvisioningToken(inside, account.id, {
      ip,
      userAgent,
    });
    const wizard = await createWizard(inside, account.id);
    const mail = await writeMail(inside, 'provisioning', {
      to: email,
      space,
      locale,
      values: {
        sip: addressOf(account),
        link: `${origin}/wizard/${wizard}`,
        qrcode: `${origin}/provisioning/qrcode/${token}`,
      },
    });
    await enqueue(inside, mail, {
      spaceId: space.id,
      ...(expiresAt === undefined ? {} : { expiresAt }),
    });
  });
}
