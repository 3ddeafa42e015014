import { codeAt, COMMA, GREATER_THAN, LESS_THAN, QUOTE, skipSpace, trimEnd } from './chars.ts';
import type { HeaderField } from './header-field.ts';
import { quotedStringEnd } from './quoted-string.ts';

/** Reads `[start, end)` of a text; undefined when malformed. */
export type RangeReader<T> = (text: string, start: number, end: number) => T | undefined;

/**
 * Reads every element of every field with this mark, in order: comma-separated values and repeated
 * lines mean the same (RFC 3261 §7.3.1). Empty elements are dropped. Undefined when one is malformed.
 */
export function readListFields<T>(
  fields: readonly HeaderField[],
  mark: number,
  read: RangeReader<T>,
): readonly T[] | undefined {
  const values: T[] = [];
  for (const field of fields) {
    if (field.header.mark === mark && !readList(field.text, field.start, field.end, read, values)) {
      return undefined;
    }
  }
  return values;
}

/** Splits a comma-separated header value into trimmed elements, empty ones dropped. */
export function splitList(text: string): readonly string[] {
  const elements: string[] = [];
  readList(text, 0, text.length, (whole, start, end) => whole.slice(start, end), elements);
  return elements;
}

function readList<T>(
  text: string,
  start: number,
  end: number,
  read: RangeReader<T>,
  into: T[],
): boolean {
  for (let position = start; position < end; position++) {
    const comma = elementEnd(text, position, end);
    const from = skipSpace(text, position, comma);
    const to = trimEnd(text, from, comma);
    position = comma;
    if (from === to) continue;
    const value = read(text, from, to);
    if (value === undefined) return false;
    into.push(value);
  }
  return true;
}

/** Index of the next comma outside quoted strings and `<…>`, else `end`. */
function elementEnd(text: string, start: number, end: number): number {
  const comma = text.indexOf(',', start);
  if (comma === -1 || comma >= end) return end;
  let bracket = false;
  for (let position = start; position < end; position++) {
    const code = codeAt(text, position);
    if (code === COMMA && !bracket) return position;
    if (code === LESS_THAN) bracket = true;
    if (code === GREATER_THAN) bracket = false;
    if (code === QUOTE && !bracket) {
      const close = quotedStringEnd(text, position, end);
      // An open quote swallows the rest; the element's own reader reports it.
      if (close === -1) return end;
      position = close - 1;
    }
  }
  return end;
}
