import { SipParseError } from '../../errors/sip-parse-error.ts';
import { readDecimal } from '../chars.ts';
import type { HeaderField } from '../header-field.ts';

/**
 * Content-Length in bytes, undefined when absent. RFC 3261 §20.14.
 *
 * @throws SipParseError when it is no number, or is there twice: whoever reads the other one would
 * see another message.
 */
export function contentLength(fields: readonly HeaderField[]): number | undefined {
  let length: number | undefined;
  for (const { key, text, start, end } of fields) {
    if (key !== 'content-length') continue;
    if (length !== undefined) throw new SipParseError('SIP_DUPLICATE_HEADER', 'Content-Length');
    length = readDecimal(text, start, end);
    if (length === undefined) throw new SipParseError('SIP_MALFORMED_HEADER', 'Content-Length');
  }
  return length;
}
