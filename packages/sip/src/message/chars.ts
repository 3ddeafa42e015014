/**
 * Character classes of the SIP grammar (RFC 3261 §25.1) as one table, so that the scanners decide
 * with one load and one mask per character.
 */
export const USER = 1;
export const PASSWORD = 2;
export const URI_PARAM = 4;
export const URI_HEADER = 8;
export const TOKEN = 16;
export const HOST = 32;
/** An unquoted header parameter value: token, host, or IPv6 address. */
export const PARAM_VALUE = 64;

export const TAB = 0x09;
export const LF = 0x0a;
export const CR = 0x0d;
export const SPACE = 0x20;
export const QUOTE = 0x22;
export const PERCENT = 0x25;
export const AMPERSAND = 0x26;
export const COMMA = 0x2c;
export const SLASH = 0x2f;
export const COLON = 0x3a;
export const SEMICOLON = 0x3b;
export const LESS_THAN = 0x3c;
export const EQUALS = 0x3d;
export const GREATER_THAN = 0x3e;
export const QUESTION = 0x3f;
export const AT = 0x40;
export const OPEN_BRACKET = 0x5b;
export const BACKSLASH = 0x5c;

const ALPHANUMERIC = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

// One entry per UTF-16 unit: no bounds check to get wrong, nothing above ASCII is in any class.
const CLASSES = new Uint8Array(0x10000);
allow(USER, `${ALPHANUMERIC}-_.!~*'()&=+$,;?/`);
allow(PASSWORD, `${ALPHANUMERIC}-_.!~*'()&=+$,`);
allow(URI_PARAM, `${ALPHANUMERIC}-_.!~*'()[]/:&+$\``);
allow(URI_HEADER, `${ALPHANUMERIC}-_.!~*'()[]/?:+$`);
allow(TOKEN, `${ALPHANUMERIC}-.!%*_+\`'~`);
allow(HOST, `${ALPHANUMERIC}-._`);
allow(PARAM_VALUE, `${ALPHANUMERIC}-.!%*_+\`'~[]:/?@&=$()#|{}^`);

function allow(characterClass: number, characters: string): void {
  for (const character of characters) {
    const code = character.charCodeAt(0);
    CLASSES[code] = (CLASSES[code] ?? 0) | characterClass;
  }
}

/**
 * `text.charCodeAt(index)`. The engine has half a dozen ways to store a text (flat, joined, cut out of
 * another one…); a method looked up on all of them takes ten times as long as this one, which is bound.
 */
export const codeAt: (text: string, index: number) => number = Function.prototype.call.bind(
  // oxlint-disable-next-line typescript/unbound-method -- bound by this very call
  String.prototype.charCodeAt,
);

/** Whether the UTF-16 unit `code` belongs to `characterClass`. */
export function isIn(characterClass: number, code: number): boolean {
  return ((CLASSES[code] ?? 0) & characterClass) !== 0;
}

/** Index of the first unit in `[start, end)` outside `characterClass`, else `end`. */
export function skip(characterClass: number, text: string, start: number, end: number): number {
  let position = start;
  while (position < end && isIn(characterClass, codeAt(text, position))) position++;
  return position;
}

/** Index of the first unit in `[start, end)` that is no space or tab, else `end`. */
export function skipSpace(text: string, start: number, end: number): number {
  let position = start;
  while (position < end && isSpace(codeAt(text, position))) position++;
  return position;
}

/** End of `[start, end)` without trailing spaces and tabs. */
export function trimEnd(text: string, start: number, end: number): number {
  let position = end;
  while (position > start && isSpace(codeAt(text, position - 1))) position--;
  return position;
}

export function isSpace(code: number): boolean {
  return code === SPACE || code === TAB;
}

/**
 * Index of the first `code` in `[start, end)`, else `end`. Unlike `indexOf` it never looks beyond
 * `end`: many short ranges of a long text stay cheap.
 */
export function find(code: number, text: string, start: number, end: number): number {
  let position = start;
  while (position < end && codeAt(text, position) !== code) position++;
  return position;
}

/** `text.toLowerCase()`, without a second copy when it is lower case already. */
export function lowerCase(text: string): string {
  for (let position = 0; position < text.length; position++) {
    const code = codeAt(text, position);
    if ((code >= 0x41 && code <= 0x5a) || code > 0x7f) return text.toLowerCase();
  }
  return text;
}

/** `text.startsWith(word, start)`, which takes longer to call than a few letters take to compare. */
export function spells(text: string, start: number, word: string): boolean {
  for (let i = 0; i < word.length; i++) {
    if (codeAt(text, start + i) !== codeAt(word, i)) return false;
  }
  return true;
}

/** Whether `text` is a non-empty token. RFC 3261 §25.1. */
export function isToken(text: string): boolean {
  return text.length > 0 && skip(TOKEN, text, 0, text.length) === text.length;
}

/**
 * The decimal number written in `[start, end)`; undefined when it is empty or holds anything but
 * digits. Values above 2^32 - 1 become 2^32 - 1, the largest any SIP field has a use for.
 */
export function readDecimal(text: string, start: number, end: number): number | undefined {
  if (start >= end) return undefined;
  let value = 0;
  for (let position = start; position < end; position++) {
    const digit = codeAt(text, position) - 0x30;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value > 0xffffffff ? 0xffffffff : value;
}
