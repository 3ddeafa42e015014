import {
  codeAt,
  COMMA,
  find,
  GREATER_THAN,
  isSpace,
  LESS_THAN,
  QUESTION,
  QUOTE,
  SEMICOLON,
  skipSpace,
  trimEnd,
} from './chars.ts';
import { NO_PARAMS, type Params, parseParams, serializeParams } from './params.ts';
import { quote, quotedStringEnd, unquote } from './quoted-string.ts';
import { readUri } from './read-uri.ts';
import { serializeUri, type SipUri } from './uri.ts';

/** `"Display" <uri>;params` (RFC 3261 §20.10). */
export interface NameAddr {
  readonly displayName: string | undefined;
  readonly uri: SipUri;
  /** Header parameters, outside the brackets. */
  readonly params: Params;
}

/**
 * Reads the value of a From, To, Contact or Route field: `uri`, `<uri>`, `name <uri>` or
 * `"name" <uri>`, each with parameters. Without brackets, `;params` belong to the field and `?` is
 * not allowed (RFC 3261 §20.10). Undefined when malformed or not a SIP or SIPS URI.
 */
export function parseNameAddr(text: string): NameAddr | undefined {
  const start = skipSpace(text, 0, text.length);
  return readNameAddr(text, start, trimEnd(text, start, text.length));
}

/** `parseNameAddr` on `[start, end)` of a longer text, already trimmed. */
export function readNameAddr(text: string, start: number, end: number): NameAddr | undefined {
  return readBracketed(text, start, end) ?? readBare(text, start, end);
}

/**
 * Reads an address as an application writes it: like `parseNameAddr`, but without brackets
 * `;params` and `?headers` belong to the URI (registration.md §5.1).
 */
export function parseAddress(text: string): NameAddr | undefined {
  const start = skipSpace(text, 0, text.length);
  const end = trimEnd(text, start, text.length);
  const bracketed = readBracketed(text, start, end);
  if (bracketed !== undefined) return bracketed;
  const uri = readUri(text, start, end);
  return uri && { displayName: undefined, uri, params: NO_PARAMS };
}

/** `"display" <uri>;params`, always with brackets: unambiguous in every header. */
export function serializeNameAddr(address: NameAddr): string {
  const text = `<${serializeUri(address.uri)}>${serializeParams(address.params)}`;
  return address.displayName === undefined ? text : `${quote(address.displayName)} ${text}`;
}

function readBracketed(text: string, start: number, end: number): NameAddr | undefined {
  let open = start;
  let displayName: string | undefined;
  const first = codeAt(text, start);
  if (first === QUOTE) {
    const quoteEnd = quotedStringEnd(text, start, end);
    if (quoteEnd === -1) return undefined;
    displayName = unquote(text, start, quoteEnd);
    open = skipSpace(text, quoteEnd, end);
  } else if (first !== LESS_THAN) {
    open = displayNameEnd(text, start, end);
    displayName = text.slice(start, trimEnd(text, start, open));
  }
  if (open >= end || codeAt(text, open) !== LESS_THAN) return undefined;
  const close = find(GREATER_THAN, text, open, end);
  if (close === end) return undefined;
  const uri = readUri(text, open + 1, close);
  const params = parseParams(text, close + 1, end);
  if (uri === undefined || params === undefined) return undefined;
  return { displayName: displayName === '' ? undefined : displayName, uri, params };
}

/** Unquoted names are tokens by the grammar; anything that cannot be mistaken is let through. */
function displayNameEnd(text: string, start: number, end: number): number {
  for (let position = start; position < end; position++) {
    const code = codeAt(text, position);
    if (code === LESS_THAN) return position;
    if (code < 0x20 ? !isSpace(code) : NOT_IN_DISPLAY_NAME.includes(text.charAt(position))) break;
  }
  return end;
}

const NOT_IN_DISPLAY_NAME = '",;>\\\x7f';

function readBare(text: string, start: number, end: number): NameAddr | undefined {
  let uriEnd = start;
  while (uriEnd < end) {
    const code = codeAt(text, uriEnd);
    if (code === SEMICOLON || isSpace(code)) break;
    // Such a URI must be in brackets; refusing it keeps its end unambiguous.
    if (code === QUESTION || code === COMMA || code === GREATER_THAN) return undefined;
    uriEnd++;
  }
  const uri = readUri(text, start, uriEnd);
  if (uri === undefined) return undefined;
  const params = parseParams(text, uriEnd, end);
  return params && { displayName: undefined, uri, params };
}
