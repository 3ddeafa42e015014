import { codeAt, isIn, PERCENT, skip } from './chars.ts';

/**
 * `text` with every character outside `characterClass` written as `%xx` of its UTF-8 bytes, lower
 * case (registration.md §5.2). RFC 3261 §19.1.2.
 */
export function escapeUriPart(text: string, characterClass: number): string {
  if (skip(characterClass, text, 0, text.length) === text.length) return text;
  let escaped = '';
  for (const byte of Buffer.from(text, 'utf8')) {
    escaped += isIn(characterClass, byte)
      ? String.fromCharCode(byte)
      : `%${byte.toString(16).padStart(2, '0')}`;
  }
  return escaped;
}

/**
 * The unescaped text of `[start, end)`; undefined when a character is outside `characterClass`,
 * or an escape is broken or no UTF-8.
 */
export function unescapeUriPart(
  text: string,
  start: number,
  end: number,
  characterClass: number,
): string | undefined {
  let position = skip(characterClass, text, start, end);
  if (position === end) return text.slice(start, end);
  for (; position < end; position++) {
    const code = codeAt(text, position);
    if (code !== PERCENT && !isIn(characterClass, code)) return undefined;
  }
  try {
    return decodeURIComponent(text.slice(start, end));
  } catch {
    return undefined;
  }
}
