import {
  codeAt,
  COMMA,
  EQUALS,
  isToken,
  isSpace,
  lowerCase,
  QUOTE,
  skip,
  skipSpace,
  TOKEN,
} from '../message/chars.ts';
import { quote, quotedStringEnd, unquote } from '../message/quoted-string.ts';

/** Parameters of one challenge or credentials: names lower-cased, values unquoted. */
export type AuthParams = ReadonlyMap<string, string>;

/** One scheme with its parameters. */
export interface AuthItem {
  /** As written. */
  readonly scheme: string;
  readonly params: AuthParams;
}

/**
 * Reads `Scheme name=value, name="value", Scheme2 …` (RFC 9110 §11.3): one or more challenges, or
 * one set of credentials. A `token68` is skipped. Undefined when malformed, or when a parameter
 * comes twice in one item.
 */
export function parseAuthItems(text: string): readonly AuthItem[] | undefined {
  const items: { scheme: string; params: Map<string, string> }[] = [];
  const end = text.length;
  let position = skipCommas(text, 0);
  while (position < end) {
    const nameEnd = skip(TOKEN, text, position, end);
    if (nameEnd === position) return undefined;
    const equals = skipSpace(text, nameEnd, end);
    const params = items.at(-1)?.params;
    if (codeAt(text, equals) === EQUALS && params !== undefined) {
      const name = lowerCase(text.slice(position, nameEnd));
      const value = readValue(text, equals + 1);
      if (value === undefined) return undefined;
      const known = params.size;
      if (params.set(name, value.text).size === known) return undefined;
      position = skipSpace(text, value.end, end);
      if (position < end && codeAt(text, position) !== COMMA) return undefined;
    } else {
      items.push({ scheme: text.slice(position, nameEnd), params: new Map() });
      // A scheme stands alone or is followed by a space.
      if (equals === nameEnd && equals < end && codeAt(text, equals) !== COMMA) return undefined;
      position = skipToken68(text, equals);
    }
    position = skipCommas(text, position);
  }
  return items;
}

/** Reads `name=value, …` without a scheme, as in Authentication-Info. Undefined when malformed. */
export function parseAuthParams(text: string): AuthParams | undefined {
  const items = parseAuthItems(`Info ${text}`);
  return items?.length === 1 ? items[0]?.params : undefined;
}

/** `name="value"`. */
export function quoted(name: string, value: string): string {
  return `${name}=${quote(value)}`;
}

/** `name=value`, quoted only when the value is no token: what RFC 7616 wants of `algorithm`. */
export function unquoted(name: string, value: string): string {
  return isToken(value) ? `${name}=${value}` : quoted(name, value);
}

function readValue(text: string, start: number): { text: string; end: number } | undefined {
  const valueStart = skipSpace(text, start, text.length);
  if (codeAt(text, valueStart) === QUOTE) {
    // The engine's own search is much faster than ours; hardly a value has escapes.
    const quoteAt = text.indexOf('"', valueStart + 1);
    if (quoteAt === -1) return undefined;
    const content = text.slice(valueStart + 1, quoteAt);
    if (!content.includes('\\')) return { text: content, end: quoteAt + 1 };
    const end = quotedStringEnd(text, valueStart, text.length);
    return end === -1 ? undefined : { text: unquote(text, valueStart, end), end };
  }
  // Servers leave unquoted what is no token (`nonce=a/b==`): anything up to a comma or space.
  let end = valueStart;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === QUOTE || isSeparator(code)) break;
  }
  return end === valueStart ? undefined : { text: text.slice(valueStart, end), end };
}

const TOKEN68 = /[A-Za-z0-9._~+/-]+=*[ \t]*(?=,|$)/y;

/** After a scheme: `abc==` up to a comma is a token68, `abc=x` a parameter. RFC 9110 §11.2. */
function skipToken68(text: string, start: number): number {
  TOKEN68.lastIndex = start;
  return TOKEN68.test(text) ? TOKEN68.lastIndex : start;
}

function skipCommas(text: string, start: number): number {
  let position = start;
  while (position < text.length && isSeparator(text.charCodeAt(position))) position++;
  return position;
}

function isSeparator(code: number): boolean {
  return code === COMMA || isSpace(code);
}
