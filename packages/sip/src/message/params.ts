import { isIPv6 } from 'node:net';
import {
  codeAt,
  EQUALS,
  isToken,
  lowerCase,
  PARAM_VALUE,
  QUOTE,
  SEMICOLON,
  skip,
  skipSpace,
  spells,
  TOKEN,
} from './chars.ts';
import { quote, quotedStringEnd, unquote } from './quoted-string.ts';

/**
 * Parameters of a URI or header, in order, names lower-cased, values unescaped and unquoted.
 * `null` marks a parameter without value (`;lr`). RFC 3261 §25.1 `generic-param`.
 */
export type Params = ReadonlyMap<string, string | null>;

/** No parameters at all. */
export const NO_PARAMS: Params = new Map();

/** Names met in most messages, by length: one found here costs no text of its own. */
const KNOWN_NAMES: (readonly string[])[] = Array.from({ length: 16 }, () => []);
for (const name of [
  'alias',
  'branch',
  'expires',
  'lr',
  'maddr',
  'q',
  'received',
  'reg-id',
  'rport',
  '+sip.instance',
  'tag',
  'transport',
  'user',
]) {
  KNOWN_NAMES[name.length] = [...(KNOWN_NAMES[name.length] ?? []), name];
}

/** The name written in `[start, end)`, lower case. */
export function paramName(text: string, start: number, end: number): string {
  const known = KNOWN_NAMES[end - start];
  if (known !== undefined) for (const name of known) if (spells(text, start, name)) return name;
  return lowerCase(text.slice(start, end));
}

/**
 * Reads `;name=value;name` from `[start, end)`: header parameters, with white space allowed around
 * `;` and `=`. Undefined when malformed. Of a name that comes twice, which it must not, the last
 * value counts: that of the hop which added to what it found.
 */
export function parseParams(text: string, start: number, end: number): Params | undefined {
  let position = skipSpace(text, start, end);
  if (position === end) return NO_PARAMS;
  const params = new Map<string, string | null>();
  while (position < end) {
    if (codeAt(text, position) !== SEMICOLON) return undefined;
    const nameStart = skipSpace(text, position + 1, end);
    const nameEnd = skip(TOKEN, text, nameStart, end);
    if (nameEnd === nameStart) return undefined;
    const name = paramName(text, nameStart, nameEnd);
    position = skipSpace(text, nameEnd, end);
    let value: string | null = null;
    if (position < end && codeAt(text, position) === EQUALS) {
      const valueStart = skipSpace(text, position + 1, end);
      if (codeAt(text, valueStart) === QUOTE) {
        const close = quotedStringEnd(text, valueStart, end);
        if (close === -1) return undefined;
        value = unquote(text, valueStart, close);
        position = close;
      } else {
        position = skip(PARAM_VALUE, text, valueStart, end);
        if (position === valueStart) return undefined;
        value = text.slice(valueStart, position);
      }
      position = skipSpace(text, position, end);
    }
    params.set(name, value);
  }
  return params;
}

/** `;name=value…` as header parameters: values that are neither token nor IPv6 are quoted. */
export function serializeParams(params: Params): string {
  if (params.size === 0) return '';
  let text = '';
  for (const [name, value] of params) {
    text += value === null ? `;${name}` : `;${name}=${isBare(value) ? value : quote(value)}`;
  }
  return text;
}

function isBare(value: string): boolean {
  return isToken(value) || isIPv6(value);
}
