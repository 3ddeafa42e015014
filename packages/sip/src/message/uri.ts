import { isIPv6 } from 'node:net';
import {
  COLON,
  EQUALS,
  HOST,
  OPEN_BRACKET,
  PASSWORD,
  QUESTION,
  readDecimal,
  SEMICOLON,
  skip,
  URI_HEADER,
  URI_PARAM,
  USER,
} from './chars.ts';
import { escapeUriPart, unescapeUriPart } from './escape.ts';
import { NO_PARAMS, type Params } from './params.ts';

/** A SIP or SIPS URI (RFC 3261 §19.1). All parts are stored unescaped. */
export interface SipUri {
  readonly scheme: 'sip' | 'sips';
  readonly user: string | undefined;
  readonly password: string | undefined;
  /** Host name, IPv4, or IPv6 without brackets, case as given. */
  readonly host: string;
  readonly port: number | undefined;
  readonly params: Params;
  /** `?name=value` headers. */
  readonly headers: Params;
}

/** Parts of a URI to build; scheme defaults to `sip`, everything else to absent. */
export interface SipUriParts {
  readonly scheme?: 'sip' | 'sips' | undefined;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly host: string;
  /** 1 to 65535; 0 means absent. */
  readonly port?: number | undefined;
  readonly params?: Params | undefined;
  readonly headers?: Params | undefined;
}

/**
 * A URI from its unescaped parts.
 *
 * @example
 * serializeUri(sipUri({ user: '#24', host: 'example.org' })); // 'sip:%2324@example.org'
 */
export function sipUri(parts: SipUriParts): SipUri {
  return {
    scheme: parts.scheme ?? 'sip',
    user: parts.user,
    password: parts.password,
    host: parts.host,
    port: parts.port === 0 ? undefined : parts.port,
    params: parts.params ?? NO_PARAMS,
    headers: parts.headers ?? NO_PARAMS,
  };
}

/** Reads a SIP or SIPS URI; undefined for anything else. RFC 3261 §19.1.1, registration.md §5.1. */
export function parseUri(text: string): SipUri | undefined {
  return readUri(text, 0, text.length);
}

/** `parseUri` on `[start, end)` of a longer text. */
export function readUri(text: string, start: number, end: number): SipUri | undefined {
  const scheme = readScheme(text, start);
  if (scheme === undefined) return undefined;
  let position = start + scheme.length + 1;
  let user: string | undefined;
  let password: string | undefined;
  const at = text.indexOf('@', position);
  if (at !== -1 && at < end) {
    const colon = text.indexOf(':', position);
    const userEnd = colon !== -1 && colon < at ? colon : at;
    if (userEnd === position) return undefined;
    user = unescapeUriPart(text, position, userEnd, USER);
    if (user === undefined) return undefined;
    if (userEnd !== at) {
      password = unescapeUriPart(text, userEnd + 1, at, PASSWORD);
      if (password === undefined) return undefined;
    }
    position = at + 1;
  }
  const hostEnd = readHostEnd(text, position, end);
  if (hostEnd === -1) return undefined;
  const bracketed = text.charCodeAt(position) === OPEN_BRACKET;
  const host = bracketed ? text.slice(position + 1, hostEnd - 1) : text.slice(position, hostEnd);
  position = hostEnd;

  let port: number | undefined;
  if (position < end && text.charCodeAt(position) === COLON) {
    const portEnd = skip(HOST, text, position + 1, end);
    port = readDecimal(text, position + 1, portEnd);
    if (port === undefined || port > 65535) return undefined;
    position = portEnd;
  }
  if (position === end) return build(scheme, user, password, host, port, NO_PARAMS, NO_PARAMS);

  const question = text.indexOf('?', position);
  const paramsEnd = question === -1 || question > end ? end : question;
  const params = readPairs(text, position, paramsEnd, SEMICOLON, SEMICOLON, URI_PARAM);
  const headers = readPairs(text, paramsEnd, end, QUESTION, 0x26, URI_HEADER);
  if (params === undefined || headers === undefined) return undefined;
  return build(scheme, user, password, host, port, params, headers);
}

/** The URI as text, parts escaped (registration.md §5.2). */
export function serializeUri(uri: SipUri): string {
  let text = `${uri.scheme}:`;
  if (uri.user !== undefined) {
    text += escapeUriPart(uri.user, USER);
    if (uri.password !== undefined) text += `:${escapeUriPart(uri.password, PASSWORD)}`;
    text += '@';
  }
  text += serializeHostPort(uri.host, uri.port);
  for (const [name, value] of uri.params) {
    text += `;${escapeUriPart(name, URI_PARAM)}`;
    if (value !== null && value !== '') text += `=${escapeUriPart(value, URI_PARAM)}`;
  }
  let separator = '?';
  for (const [name, value] of uri.headers) {
    text += `${separator}${escapeUriPart(name, URI_HEADER)}=${escapeUriPart(value ?? '', URI_HEADER)}`;
    separator = '&';
  }
  return text;
}

/** `host[:port]`, IPv6 in brackets. */
export function serializeHostPort(host: string, port: number | undefined): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return port === undefined ? name : `${name}:${port}`;
}

/**
 * Index after the host that starts at `start`: a name, IPv4 address, or `[IPv6]`; -1 when there is
 * none.
 */
export function readHostEnd(text: string, start: number, end: number): number {
  if (text.charCodeAt(start) === OPEN_BRACKET) {
    const close = text.indexOf(']', start);
    if (close === -1 || close >= end || !isIPv6(text.slice(start + 1, close))) return -1;
    return close + 1;
  }
  const hostEnd = skip(HOST, text, start, end);
  return hostEnd === start ? -1 : hostEnd;
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
    (text.charCodeAt(start) | 0x20) !== 0x73 ||
    (text.charCodeAt(start + 1) | 0x20) !== 0x69 ||
    (text.charCodeAt(start + 2) | 0x20) !== 0x70
  ) {
    return undefined;
  }
  const next = text.charCodeAt(start + 3);
  if (next === COLON) return 'sip';
  return (next | 0x20) === 0x73 && text.charCodeAt(start + 4) === COLON ? 'sips' : undefined;
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
    if (text.charCodeAt(position) !== expected) return undefined;
    expected = separator;
    let equals = -1;
    const nameStart = position + 1;
    for (position = nameStart; position < end; position++) {
      const code = text.charCodeAt(position);
      if (code === separator) break;
      if (code === EQUALS && equals === -1) equals = position;
    }
    const nameEnd = equals === -1 ? position : equals;
    if (nameEnd === nameStart) return undefined;
    const name = unescapeUriPart(text, nameStart, nameEnd, characterClass)?.toLowerCase();
    if (name === undefined) return undefined;
    let value: string | null = null;
    if (equals !== -1 && equals + 1 < position) {
      const unescaped = unescapeUriPart(text, equals + 1, position, characterClass);
      if (unescaped === undefined) return undefined;
      value = unescaped;
    }
    if (!pairs.has(name)) pairs.set(name, value);
  }
  return pairs;
}
