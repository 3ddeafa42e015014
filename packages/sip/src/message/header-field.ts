import { SipArgumentError } from '../errors/sip-argument-error.ts';
import { isToken } from './chars.ts';
import { headerKey } from './header-names.ts';

/** One header line. */
export interface HeaderField {
  /** Comparison key: lower case, compact form expanded. */
  readonly key: string;
  /** Name as on the wire. */
  readonly name: string;
  /** Unfolded and trimmed. */
  readonly value: string;
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
  return { key: headerKey(name), name, value: value.trim() };
}
