import { SipParseError } from '../errors/sip-parse-error.ts';
import { isSpace, isToken, skipSpace, trimEnd } from './chars.ts';
import type { HeaderField } from './header-field.ts';
import { findKnownName, headerKey } from './header-names.ts';
import { MAX_HEADER_FIELDS, MAX_LINE_LENGTH } from './limits.ts';
import { parseStartLine, type StartLine } from './start-line.ts';

/** Start line and header fields of a message, before anything of their values is read. */
export interface MessageHead {
  readonly startLine: StartLine;
  readonly fields: readonly HeaderField[];
}

/**
 * Reads start line and header fields from `[start, end)`, which ends after the break of the last
 * line. Lines end in CRLF or LF, folded lines are joined by one space (RFC 3261 §7.3.1).
 *
 * @throws SipParseError
 */
export function parseHead(bytes: Uint8Array, start: number, end: number): MessageHead {
  const text = asBuffer(bytes).toString('utf8', start, end);
  const firstBreak = text.indexOf('\n');
  const startLine = parseStartLine(text.slice(0, lineEnd(text, 0, firstBreak)));
  const fields: HeaderField[] = [];
  let position = firstBreak + 1;
  while (position < text.length) {
    const lineBreak = text.indexOf('\n', position);
    const end = lineEnd(text, position, lineBreak);
    if (end - position > MAX_LINE_LENGTH || fields.length === MAX_HEADER_FIELDS) {
      throw new SipParseError('SIP_MESSAGE_TOO_LARGE');
    }
    if (lineBreak + 1 < text.length && isSpace(text.charCodeAt(lineBreak + 1))) {
      const next = endOfFoldedLines(text, lineBreak);
      fields.push(unfold(text.slice(position, next)));
      position = next;
    } else {
      fields.push(readField(text, position, end));
      position = lineBreak + 1;
    }
  }
  return { startLine, fields };
}

function asBuffer(bytes: Uint8Array): Buffer {
  if (Buffer.isBuffer(bytes)) return bytes;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function readField(text: string, start: number, end: number): HeaderField {
  const colon = text.indexOf(':', start);
  if (colon === -1 || colon >= end) throw new SipParseError('SIP_MALFORMED_HEADER');
  const valueStart = skipSpace(text, colon + 1, end);
  const valueEnd = trimEnd(text, valueStart, end);
  const known = findKnownName(text, start, colon);
  if (known !== undefined)
    return { key: known.key, name: known.name, text, start: valueStart, end: valueEnd };
  const name = text.slice(start, trimEnd(text, start, colon));
  if (!isToken(name)) throw new SipParseError('SIP_MALFORMED_HEADER');
  return { key: headerKey(name), name, text, start: valueStart, end: valueEnd };
}

/** Index after the last line that continues the one ending at `lineBreak`. */
function endOfFoldedLines(text: string, lineBreak: number): number {
  let next = lineBreak + 1;
  while (next < text.length && isSpace(text.charCodeAt(next))) next = text.indexOf('\n', next) + 1;
  return next;
}

function unfold(lines: string): HeaderField {
  let line = '';
  let position = 0;
  while (position < lines.length) {
    const lineBreak = lines.indexOf('\n', position);
    const end = trimEnd(lines, position, lineEnd(lines, position, lineBreak));
    const start = skipSpace(lines, position, end);
    line += position === 0 ? lines.slice(start, end) : ` ${lines.slice(start, end)}`;
    position = lineBreak + 1;
  }
  if (line.length > MAX_LINE_LENGTH) throw new SipParseError('SIP_MESSAGE_TOO_LARGE');
  return readField(line, 0, line.length);
}

/** End of the line without CRLF or LF. A CR elsewhere is refused: some would take it for a break. */
function lineEnd(text: string, start: number, lineBreak: number): number {
  const carriageReturn = text.indexOf('\r', start);
  if (carriageReturn === -1 || carriageReturn > lineBreak) return lineBreak;
  if (carriageReturn !== lineBreak - 1) throw new SipParseError('SIP_MALFORMED_HEADER');
  return carriageReturn;
}
