import { SipArgumentError } from '../errors/sip-argument-error.ts';
import { isToken } from './chars.ts';
import { type HeaderName, headerName } from './header-names.ts';

/** One header line. Its value is `[start, end)` of `text`, unfolded and trimmed. */
export interface HeaderField {
  /** As on the wire. */
  readonly header: HeaderName;
  /** Of a received message its whole head: scanning one flat string is faster than many slices. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * A field to send.
 *
 * @throws SipArgumentError when the name is no token or the value holds a line break, which would
 * start another header.
 */
export function headerField(name: string, value: string): HeaderField {
  const header = headerName(name);
  if (!isToken(name)) throw new SipArgumentError('header name is not a token');
  if (value.includes('\n') || value.includes('\r')) {
    throw new SipArgumentError(`line break in header ${name}`);
  }
  const text = value.trim();
  return { header, text, start: 0, end: text.length };
}

export function fieldValue({ text, start, end }: HeaderField): string {
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

/** The first field with this mark. */
export function findMarked(fields: readonly HeaderField[], mark: number): HeaderField | undefined {
  for (const field of fields) if (field.header.mark === mark) return field;
  return undefined;
}
