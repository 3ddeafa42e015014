import { SipArgumentError } from '../errors/sip-argument-error.ts';
import { isToken } from './chars.ts';
import { headerKey } from './header-names.ts';

/** One header line. Its value is `[start, end)` of `text`, unfolded and trimmed. */
export interface HeaderField {
  /** Comparison key: lower case, compact form expanded. */
  readonly key: string;
  /** Name as on the wire. */
  readonly name: string;
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
  if (!isToken(name)) throw new SipArgumentError('header name is not a token');
  if (value.includes('\n') || value.includes('\r')) {
    throw new SipArgumentError(`line break in header ${name}`);
  }
  const text = value.trim();
  return { key: headerKey(name), name, text, start: 0, end: text.length };
}

export function fieldValue({ text, start, end }: HeaderField): string {
  return text.slice(start, end);
}
