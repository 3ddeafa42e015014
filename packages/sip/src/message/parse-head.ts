import { SipParseError } from '../errors/sip-parse-error.ts';
import { codeAt, COLON, find, isSpace, isToken, skipSpace, trimEnd } from './chars.ts';
import type { HeaderField } from './header-field.ts';
import { findKnownName, type HeaderName, headerName } from './header-names.ts';
import { MAX_HEADER_FIELDS, MAX_LINE_LENGTH } from './limits.ts';
import { parseStartLine, type StartLine } from './start-line.ts';

/** Start line and header fields of a message, before anything of their values is read. */
export interface MessageHead {
  readonly startLine: StartLine;
  readonly fields: readonly HeaderField[];
  /** Marks of the fields that are there, and of those that are there more than once. */
  readonly marks: number;
  readonly repeated: number;
  /** Index after the empty line. */
  readonly bodyStart: number;
}

/** The text of bytes `[start, end)`, in UTF-8. */
export function decodeHead(bytes: Uint8Array, start: number, end: number): string {
  return asBuffer(bytes).toString('utf8', start, end);
}

/**
 * Reads start line and header fields up to the empty line. Lines end in CRLF or LF, folded lines are
 * joined by one space (RFC 3261 §7.3.1).
 *
 * @throws SipParseError `SIP_TRUNCATED` when there is no empty line.
 */
export function parseHead(text: string): MessageHead {
  const firstBreak = breakAfter(text, 0);
  const startLine = parseStartLine(text, lineEnd(text, 0, firstBreak));
  const fields: HeaderField[] = [];
  let marks = 0;
  let repeated = 0;
  let position = firstBreak + 1;
  for (;;) {
    const lineBreak = breakAfter(text, position);
    const end = lineEnd(text, position, lineBreak);
    if (end === position) return { startLine, fields, marks, repeated, bodyStart: lineBreak + 1 };
    if (end - position > MAX_LINE_LENGTH || fields.length === MAX_HEADER_FIELDS) {
      throw new SipParseError('SIP_MESSAGE_TOO_LARGE');
    }
    let field: HeaderField;
    if (isSpace(codeAt(text, lineBreak + 1))) {
      const next = endOfFoldedLines(text, lineBreak);
      field = unfold(text.slice(position, next));
      position = next;
    } else {
      field = readField(text, position, end);
      position = lineBreak + 1;
    }
    fields.push(field);
    const { mark } = field.header;
    repeated |= marks & mark;
    marks |= mark;
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  if (Buffer.isBuffer(bytes)) return bytes;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function breakAfter(text: string, start: number): number {
  const lineBreak = text.indexOf('\n', start);
  if (lineBreak === -1) throw new SipParseError('SIP_TRUNCATED');
  return lineBreak;
}

function readField(text: string, start: number, end: number): HeaderField {
  const colon = find(COLON, text, start, end);
  if (colon === end) throw new SipParseError('SIP_MALFORMED_HEADER');
  const valueStart = skipSpace(text, colon + 1, end);
  const valueEnd = trimEnd(text, valueStart, end);
  const header = findKnownName(text, start, colon) ?? otherName(text, start, colon);
  return { header, text, start: valueStart, end: valueEnd };
}

function otherName(text: string, start: number, colon: number): HeaderName {
  const name = text.slice(start, trimEnd(text, start, colon));
  if (!isToken(name)) throw new SipParseError('SIP_MALFORMED_HEADER');
  return headerName(name);
}

/** Index after the last line that continues the one ending at `lineBreak`. */
function endOfFoldedLines(text: string, lineBreak: number): number {
  let next = lineBreak + 1;
  while (isSpace(codeAt(text, next))) next = breakAfter(text, next) + 1;
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
