import { COMMA, GREATER_THAN, LESS_THAN, QUOTE, skipSpace, trimEnd } from './chars.ts';
import { quotedStringEnd } from './quoted-string.ts';

/**
 * Splits a comma-separated header value into trimmed elements, empty ones dropped. Commas inside
 * quoted strings and `<…>` do not count. RFC 3261 §7.3.1.
 */
export function splitList(text: string): readonly string[] {
  if (!text.includes(',')) return text === '' ? [] : [text];
  const elements: string[] = [];
  const end = text.length;
  let start = 0;
  let bracket = false;
  for (let position = 0; position <= end; position++) {
    const code = position === end ? COMMA : text.charCodeAt(position);
    if (code === QUOTE && !bracket) {
      const close = quotedStringEnd(text, position, end);
      // An open quote swallows the rest; the element's own parser reports it.
      position = close === -1 ? end - 1 : close - 1;
    } else if (code === LESS_THAN) {
      bracket = true;
    } else if (code === GREATER_THAN) {
      bracket = false;
    } else if (code === COMMA && (!bracket || position === end)) {
      const from = skipSpace(text, start, position);
      const to = trimEnd(text, from, position);
      if (to > from) elements.push(text.slice(from, to));
      start = position + 1;
    }
  }
  return elements;
}
