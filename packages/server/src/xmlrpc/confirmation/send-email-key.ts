import { type Locale, type PhraseKey, translate } from '@dialtone/phrases';
import { type Account, addressOf } from '../../accounts/account.ts';
import type { RequestContext } from '../../http/request-context.ts';
import { composeMail, findSignature, type MailPart } from '../../messaging/mail/compose-mail.ts';
import { enqueue } from '../../messaging/outbox.ts';
import type { Platform } from '../../platform.ts';
import { emailKey, type KeyPurpose, storeKey } from './confirmation-key.ts';

type MailPlatform = Pick<Platform, 'db' | 'clock' | 'random' | 'config'>;
type MailContext = Pick<RequestContext, 'space' | 'locale' | 'origin'>;
type Addressee = Pick<Account, 'id' | 'username' | 'domain'> & { readonly email: string };

/** Path of the page on which the key of a mail activates its account. */
export const activationPath = '/xmlrpc/activation';

/** Mails a new account its key, to type or behind a link. Call it in the transaction of the creation. */
export async function sendActivationMail(
  inside: MailPlatform,
  context: MailContext,
  account: Addressee,
): Promise<void> {
  await sendKey(inside, context, account, 'activation', 'mail.activation.subject', (say, key) => [
    { paragraph: say('mail.activation.intro') },
    { paragraph: say('mail.activation.link') },
    { link: `${context.origin}${activationPath}/${encodeURIComponent(account.username)}/${key}` },
    { paragraph: say('mail.activation.key') },
    { code: key },
    ...validity(context.locale, inside.config.xmlrpc.emailKeyMinutes),
    { paragraph: say('mail.activation.ignore') },
  ]);
}

/** Mails an account a key with which a phone may use it. */
export async function sendRecoveryMail(
  inside: MailPlatform,
  context: MailContext,
  account: Addressee,
): Promise<void> {
  const subject = 'mail.account_recovery.subject';
  await sendKey(inside, context, account, 'recovery', subject, (say, key) => [
    { paragraph: say('mail.account_recovery.intro') },
    { paragraph: say('mail.account_recovery.key') },
    { code: key },
    ...validity(context.locale, inside.config.xmlrpc.emailKeyMinutes),
    { paragraph: say('mail.account_recovery.ignore') },
  ]);
}

async function sendKey(
  inside: MailPlatform,
  { space, locale }: MailContext,
  account: Addressee,
  purpose: KeyPurpose,
  subject: PhraseKey,
  write: (say: (phrase: PhraseKey) => string, key: string) => readonly MailPart[],
): Promise<void> {
  const key = emailKey(inside);
  const minutes = inside.config.xmlrpc.emailKeyMinutes;
  const expiresAt = await storeKey(inside, account.id, { purpose, key, minutes });
  const say = (phrase: PhraseKey) =>
    translate(locale, phrase, { space: space.name, sip: addressOf(account) });
  const mail = composeMail({
    to: account.email,
    locale,
    subject: say(subject),
    parts: write(say, key),
    signature: await findSignature(inside.db, inside.config, space.id),
  });
  await enqueue(inside, mail, {
    spaceId: space.id,
    ...(expiresAt === undefined ? {} : { expiresAt }),
  });
}

function validity(locale: Locale, minutes: number): MailPart[] {
  if (minutes <= 0) return [];
  const hours = Math.round(minutes / 60);
  const paragraph =
    minutes < 60
      ? translate(locale, 'mail.validity_minutes', { minutes })
      : translate(locale, 'mail.validity_hours', { hours });
  return [{ paragraph }];
}
