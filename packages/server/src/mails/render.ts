import { type Locale, translate } from '@dialtone/phrases';
import { escapeHtml } from '../pages/html.ts';
import { type MailName, type PlaceKind, placeKind } from './mail.ts';
import { fill, type MailTemplate, onlyPlace } from './template.ts';

/** A mail as its reader sees it. */
export interface MailContent {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

type Values = Readonly<Record<string, string>>;

/** Text and HTML of a mail, both from the same blocks; every value is escaped. */
export function renderMail(
  name: MailName,
  template: MailTemplate,
  values: Values,
  reader: { readonly locale: Locale; readonly signature: string },
): MailContent {
  const { locale, signature } = reader;
  const greeting = translate(locale, 'mail.greeting');
  const help = translate(locale, 'mail.help');
  const blocks = template.blocks.filter((block) => fill(block, values).trim() !== '');
  return {
    // A header field is one line, whatever a name holds.
    subject: fill(template.subject, values).replace(/\s+/g, ' '),
    text: [
      ...blocks.map((block) => fill(block, values)),
      `${greeting}\n${signature}`,
      `--\n${help}`,
    ].join('\n\n'),
    html: [
      `<!doctype html><html lang="${locale}"><meta charset="utf-8"><body>`,
      ...blocks.map((block) => blockHtml(name, block, values)),
      `<p>${escapeHtml(greeting)}<br>${escapeHtml(signature)}</p>`,
      `<hr><p><small>${escapeHtml(help)}</small></p></body></html>`,
    ].join('\n'),
  };
}

function blockHtml(name: MailName, block: string, values: Values): string {
  const place = onlyPlace(block);
  const kind = place === undefined ? 'text' : (placeKind(name, place) ?? 'text');
  const lines = escapeHtml(block).replaceAll('\n', '<br>\n');
  return wrap[kind](fill(lines, values, escapeHtml));
}

const wrap: Readonly<Record<PlaceKind, (text: string) => string>> = {
  text: (text) => `<p>${text}</p>`,
  code: (text) => `<p style="font-size:2em;letter-spacing:.2em">${text}</p>`,
  link: (text) => `<p><a href="${text}">${text}</a></p>`,
  image: (text) => `<p><img src="${text}" alt="${text}" width="300" height="300"></p>`,
};
