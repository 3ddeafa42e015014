import { type Account, addressOf } from '../../accounts/account.ts';
import type { RequestContext } from '../../http/request-context.ts';
import { validityText } from '../../mails/validity.ts';
import { type MailPlatform, writeMail } from '../../mails/write-mail.ts';
import type { EmailMessage } from '../../messaging/message.ts';
import { enqueue } from '../../messaging/outbox.ts';
import type { Platform } from '../../platform.ts';
import { linkOrigin } from '../../spaces/public-origin.ts';
import { emailKey, type KeyPurpose, storeKey } from './confirmation-key.ts';

type KeyPlatform = MailPlatform & Pick<Platform, 'clock' | 'random'>;
type MailContext = Pick<RequestContext, 'space' | 'locale' | 'origin' | 'host'>;
type Addressee = Pick<Account, 'id' | 'username' | 'domain'> & { readonly email: string };

/** Path of the page on which the key of a mail activates its account. */
export const activationPath = '/xmlrpc/activation';

/** Mails a new account its key, to type or behind a link. Call it in the transaction of the creation. */
export async function sendActivationMail(
  inside: KeyPlatform,
  context: MailContext,
  account: Addressee,
): Promise<void> {
  const page = `${linkOrigin(inside.config, context)}${activationPath}/${encodeURIComponent(account.username)}`;
  await sendKey(inside, context, account, 'activation', (letter, values) => {
    const link = `${page}/${values.key}`;
    return writeMail(inside, 'activation', { ...letter, values: { ...values, link } });
  });
}

/** Mails an account a key with which a phone may use it. */
export async function sendRecoveryMail(
  inside: KeyPlatform,
  context: MailContext,
  account: Addressee,
): Promise<void> {
  await sendKey(inside, context, account, 'recovery', (letter, values) =>
    writeMail(inside, 'account_recovery', { ...letter, values }),
  );
}

type Letter = Pick<MailContext, 'space' | 'locale'> & { readonly to: string };
type KeyValues = Readonly<Record<'sip' | 'key' | 'validity', string>>;

async function sendKey(
  inside: KeyPlatform,
  { space, locale }: MailContext,
  account: Addressee,
  purpose: KeyPurpose,
  write: (letter: Letter, values: KeyValues) => Promise<EmailMessage>,
): Promise<void> {
  const key = emailKey(inside);
  const minutes = inside.config.xmlrpc.emailKeyMinutes;
  const expiresAt = await storeKey(inside, account.id, { purpose, key, minutes });
  const validity = validityText(locale, minutes);
  const mail = await write(
    { to: account.email, space, locale },
    { sip: addressOf(account), key, validity },
  );
  await enqueue(inside, mail, {
    spaceId: space.id,
    ...(expiresAt === undefined ? {} : { expiresAt }),
  });
}
