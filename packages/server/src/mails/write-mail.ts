import type { Locale } from '@dialtone/phrases';
import type { EmailMessage } from '../messaging/message.ts';
import type { Platform } from '../platform.ts';
import { escapeHtml } from '../pages/html.ts';
import type { Space } from '../spaces/space.ts';
import type { MailName, MailValues } from './mail.ts';
import { findSources, type MailTemplates } from './mail-templates.ts';
import { renderMail } from './render.ts';
import { findSignature } from './signature.ts';
import { fill } from './template.ts';

/** What writing mails needs; `db` may be a transaction. */
export type MailPlatform = Pick<Platform, 'db' | 'config'> & {
  /** The operator's templates; undefined: ours. */
  readonly mailTemplates?: MailTemplates | undefined;
};

interface Letter<Name extends MailName> {
  readonly to: string;
  readonly space: Pick<Space, 'id' | 'name'>;
  readonly locale: Locale;
  /** All places but `space`, which is the name of the space. */
  readonly values: Omit<MailValues<Name>, 'space'>;
}

/** One of our mails in the reader's language, ready for the outbox. */
export async function writeMail<Name extends MailName>(
  { db, config, mailTemplates }: MailPlatform,
  name: Name,
  { to, space, locale, values }: Letter<Name>,
): Promise<EmailMessage> {
  const sources = findSources(mailTemplates, name, locale);
  const signature = await findSignature(db, config, space.id);
  const all = { ...values, space: space.name };
  const content = renderMail(name, sources.template, all, { locale, signature });
  const { subject } = content;
  const html =
    sources.html === undefined
      ? content.html
      : fill(sources.html, { ...all, signature, subject }, escapeHtml);
  return { kind: 'email', to, ...content, html };
}
