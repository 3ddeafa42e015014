import { type MailName, placeKind } from './mail.ts';

/** A mail with places, read from its source. */
export interface MailTemplate {
  readonly subject: string;
  /** Paragraphs, or single places such as `{code}`, in the order of reading. */
  readonly blocks: readonly string[];
}

/** A source that is no template of its mail; the message says why. */
export class MailTemplateError extends Error {
  override readonly name = 'MailTemplateError';
  readonly code = 'mail-template-invalid';
}

const place = /\{(\w+)\}/g;

/**
 * Reads `Subject: …`, an empty line, and blocks separated by empty lines.
 * @throws MailTemplateError
 */
export function parseTemplate(name: MailName, source: string): MailTemplate {
  const [head = '', ...blocks] = source
    .replaceAll('\r\n', '\n')
    .trim()
    .split(/\n\s*\n/)
    .map((block) => block.trim());
  const subject = /^Subject:[ \t]*(\S.*)$/i.exec(head)?.[1];
  if (subject === undefined) {
    throw new MailTemplateError('it must begin with a line "Subject: …" and an empty line');
  }
  if (blocks.length === 0) throw new MailTemplateError('it has a subject but no text');
  checkPlaces(name, source);
  return { subject, blocks };
}

/** @throws MailTemplateError when `source` uses a place that the mail does not have */
export function checkPlaces(name: MailName, source: string, more: readonly string[] = []): void {
  for (const [text, word = ''] of source.matchAll(place)) {
    if (placeKind(name, word) === undefined && !more.includes(word)) {
      throw new MailTemplateError(`${text} is no place of the mail "${name}"`);
    }
  }
}

/** `text` with its places filled by what `write` makes of their values. */
export function fill(
  text: string,
  values: Readonly<Record<string, string>>,
  write: (value: string) => string = (value) => value,
): string {
  return text.replace(place, (whole, word: string) =>
    Object.hasOwn(values, word) ? write(values[word] ?? '') : whole,
  );
}

/** The place of which a block consists, if it does. */
export function onlyPlace(block: string): string | undefined {
  return /^\{(\w+)\}$/.exec(block)?.[1];
}
