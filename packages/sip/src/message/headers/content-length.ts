import { SipParseError } from '../../errors/sip-parse-error.ts';
import { readDecimal } from '../chars.ts';
import { findMarked } from '../header-field.ts';
import { MARKS } from '../header-names.ts';
import type { MessageHead } from '../parse-head.ts';

/**
 * Content-Length in bytes, undefined when absent. RFC 3261 §20.14.
 *
 * @throws SipParseError when it is no number, or is there twice: whoever reads the other one would
 * see another message.
 */
export function contentLength({ fields, marks, repeated }: MessageHead): number | undefined {
  const mark = MARKS['content-length'];
  if ((repeated & mark) !== 0) throw new SipParseError('SIP_DUPLICATE_HEADER', 'Content-Length');
  const field = (marks & mark) === 0 ? undefined : findMarked(fields, mark);
  if (field === undefined) return undefined;
  const length = readDecimal(field.text, field.start, field.end);
  if (length === undefined) throw new SipParseError('SIP_MALFORMED_HEADER', 'Content-Length');
  return length;
}
