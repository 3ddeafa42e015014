import { type Locale, translate } from '@dialtone/phrases';
import type { Config } from '../../config/env.ts';
import type { Db } from '../../db/database.ts';
import type { EmailMessage } from '../message.ts';

/** A piece of a mail, in the order of reading. */
export type MailPart =
  | { readonly paragraph: string }
  /** A secret to type, large. */
  | { readonly code: string }
  | { readonly link: string }
  | { readonly image: string };

interface MailContent {
  readonly to: string;
  readonly locale: Locale;
  readonly subject: string;
  readonly parts: readonly MailPart[];
  /** Last line. */
  readonly signature: string;
}

/** A mail in text and HTML, both from the same parts. */
export function composeMail({ to, locale, subject, parts, signature }: MailContent): EmailMessage {
  const greeting = translate(locale, 'mail.greeting');
  const help = translate(locale, 'mail.help');
  const lines = parts.map((part) => textOf(part));
  const blocks = parts.map((part) => htmlOf(part));
  return {
    kind: 'email',
    to,
    subject,
    text: [...lines, `${greeting}\n${signature}`, `--\n${help}`].join('\n\n'),
    html: [
      `<!doctype html><html lang="${locale}"><meta charset="utf-8"><body>`,
      ...blocks,
      `<p>${escapeHtml(greeting)}<br>${escapeHtml(signature)}</p>`,
      `<hr><p><small>${escapeHtml(help)}</small></p></body></html>`,
    ].join('\n'),
  };
}

/** How mails of a space are signed: as its own mail server says, else as the configuration says. */
export async function findSignature(
  db: Db,
  { mail, app }: Pick<Config, 'mail' | 'app'>,
  spaceId: number,
): Promise<string> {
  const server = await db
    .selectFrom('space_email_servers')
    .select('signature')
    .where('space_id', '=', spaceId)
    .executeTakeFirst();
  return server?.signature || mail.signature || app.name;
}

function textOf(part: MailPart): string {
  if ('paragraph' in part) return part.paragraph;
  if ('code' in part) return part.code;
  return 'link' in part ? part.link : part.image;
}

function htmlOf(part: MailPart): string {
  const text = escapeHtml(textOf(part));
  if ('paragraph' in part) return `<p>${text}</p>`;
  if ('code' in part) return `<p style="font-size:2em;letter-spacing:.2em">${text}</p>`;
  if ('link' in part) return `<p><a href="${text}">${text}</a></p>`;
  return `<p><img src="${text}" alt="${text}" width="300" height="300"></p>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
