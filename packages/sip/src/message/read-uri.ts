import {
  codeAt,
  AMPERSAND,
  AT,
  COLON,
  EQUALS,
  find,
  HOST,
  lowerCase,
  PASSWORD,
  QUESTION,
  readDecimal,
  SEMICOLON,
  skip,
  URI_HEADER,
  URI_PARAM,
  USER,
} from './chars.ts';
import { unescapeUriPart } from './escape.ts';
import { hostOf, readHostEnd } from './host.ts';
import { NO_PARAMS, paramName, type Params } from './params.ts';
import type { SipUri } from './uri.ts';

/** Reads a SIP or SIPS URI from `[start, end)`; undefined for anything else. RFC 3261 §19.1.1. */
export function readUri(text: string, start: number, end: number): SipUri | undefined {
  const scheme = readScheme(text, start);
  if (scheme === undefined) return undefined;
  let position = start + scheme.length + 1;
  let user: string | undefined;
  let password: string | undefined;
  const plainEnd = skip(USER, text, position, end);
  const at = find(AT, text, plainEnd, end);
  if (at === plainEnd && at > position && at < end) {
    // Nothing to unescape and no password, as in most URIs.
    user = text.slice(position, at);
    position = at + 1;
  } else if (at < end) {
    const userEnd = find(COLON, text, position, at);
    if (userEnd === position) return undefined;
    user = unescapeUriPart(text, position, userEnd, USER);
    if (user === undefined) return undefined;
    if (userEnd < at) {
      password = unescapeUriPart(text, userEnd + 1, at, PASSWORD);
      if (password === undefined) return undefined;
    }
    position = at + 1;
  }
  const hostEnd = readHostEnd(text, position, end);
  if (hostEnd === -1) return undefined;
  const host = hostOf(text, position, hostEnd);
  position = hostEnd;

  let port: number | undefined;
  if (position < end && codeAt(text, position) === COLON) {
    const portEnd = skip(HOST, text, position + 1, end);
    port = readDecimal(text, position + 1, portEnd);
    if (port === undefined || port > 65535) return undefined;
    position = portEnd;
  }
  if (position === end) return build(scheme, user, password, host, port, NO_PARAMS, NO_PARAMS);

  const paramsEnd = find(QUESTION, text, position, end);
  const params = readPairs(text, position, paramsEnd, SEMICOLON, SEMICOLON, URI_PARAM);
  const headers = readPairs(text, paramsEnd, end, QUESTION, AMPERSAND, URI_HEADER);
  if (params === undefined || headers === undefined) return undefined;
  return build(scheme, user, password, host, port, params, headers);
}

function build(
  scheme: 'sip' | 'sips',
  user: string | undefined,
  password: string | undefined,
  host: string,
  port: number | undefined,
  params: Params,
  headers: Params,
): SipUri {
  return { scheme, user, password, host, port: port === 0 ? undefined : port, params, headers };
}

/** Setting bit 5 lower-cases a letter and turns no other character of the scheme into one. */
function readScheme(text: string, start: number): 'sip' | 'sips' | undefined {
  if (
    (codeAt(text, start) | 0x20) !== 0x73 ||
    (codeAt(text, start + 1) | 0x20) !== 0x69 ||
    (codeAt(text, start + 2) | 0x20) !== 0x70
  ) {
    return undefined;
  }
  const next = codeAt(text, start + 3);
  if (next === COLON) return 'sip';
  return (next | 0x20) === 0x73 && codeAt(text, start + 4) === COLON ? 'sips' : undefined;
}

/** Reads `;a=b;c` (parameters) or `?a=b&c=d` (headers). */
function readPairs(
  text: string,
  start: number,
  end: number,
  opener: number,
  separator: number,
  characterClass: number,
): Params | undefined {
  if (start === end) return NO_PARAMS;
  const pairs = new Map<string, string | null>();
  let expected = opener;
  let position = start;
  while (position < end) {
    if (codeAt(text, position) !== expected) return undefined;
    expected = separator;
    const nameStart = position + 1;
    let nameEnd = skip(characterClass, text, nameStart, end);
    const hasValue = codeAt(text, nameEnd) === EQUALS && nameEnd < end;
    position = hasValue ? skip(characterClass, text, nameEnd + 1, end) : nameEnd;
    let value: string | null | undefined = null;
    if (position === end || codeAt(text, position) === separator) {
      // Nothing to unescape, as in most URIs.
      if (nameEnd + 1 < position) value = text.slice(nameEnd + 1, position);
      pairs.set(paramName(text, nameStart, nameEnd), value);
    } else {
      position = find(separator, text, position, end);
      nameEnd = find(EQUALS, text, nameStart, position);
      const name = unescapeUriPart(text, nameStart, nameEnd, characterClass);
      if (nameEnd + 1 < position) {
        value = unescapeUriPart(text, nameEnd + 1, position, characterClass);
      }
      if (name === undefined || value === undefined) return undefined;
      pairs.set(lowerCase(name), value);
    }
    if (nameEnd === nameStart) return undefined;
  }
  return pairs;
}
