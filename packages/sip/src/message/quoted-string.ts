import { codeAt, BACKSLASH, QUOTE } from './chars.ts';

/**
 * Index after the closing quote of the quoted-string that opens at `start`, or -1 when it does not
 * end before `end`. RFC 3261 §25.1 `quoted-string`.
 */
export function quotedStringEnd(text: string, start: number, end: number): number {
  for (let position = start + 1; position < end; position++) {
    const code = codeAt(text, position);
    if (code === QUOTE) return position + 1;
    if (code === BACKSLASH) position++;
  }
  return -1;
}

/** The content of the quoted-string in `[start, end)`, both quotes included in the range. */
export function unquote(text: string, start: number, end: number): string {
  const content = text.slice(start + 1, end - 1);
  if (!content.includes('\\')) return content;
  let plain = '';
  for (let position = 0; position < content.length; position++) {
    if (codeAt(content, position) === BACKSLASH) position++;
    plain += content.charAt(position);
  }
  return plain;
}

const NEEDS_CARE = /["\\\r\n]/;

/** `"text"` with `"` and `\` escaped; line breaks, which no escape can carry, become spaces. */
export function quote(text: string): string {
  if (!NEEDS_CARE.test(text)) return `"${text}"`;
  return `"${text.replace(/["\\]/g, '\\$&').replace(/[\r\n]+/g, ' ')}"`;
}
