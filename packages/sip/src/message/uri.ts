import { PASSWORD, URI_HEADER, URI_PARAM, USER } from './chars.ts';
import { escapeUriPart } from './escape.ts';
import { serializeHostPort } from './host.ts';
import { NO_PARAMS, type Params } from './params.ts';
import { readUri } from './read-uri.ts';

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

/** The URI as text, parts escaped (registration.md §5.2). */
export function serializeUri(uri: SipUri): string {
  let text = `${uri.scheme}:`;
  if (uri.user !== undefined) {
    text += escapeUriPart(uri.user, USER);
    if (uri.password !== undefined) text += `:${escapeUriPart(uri.password, PASSWORD)}`;
    text += '@';
  }
  text += serializeHostPort(uri.host, uri.port);
  if (uri.params.size === 0 && uri.headers.size === 0) return text;
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

/** Parameters that must match even when only one URI has them. RFC 3261 §19.1.4. */
const ALWAYS_COMPARED = ['user', 'ttl', 'method', 'maddr', 'transport'];

/**
 * Whether two URIs are equivalent by RFC 3261 §19.1.4: user and password exactly, everything else
 * without case; an absent port or listed parameter differs from its explicit default; other
 * parameters count when both URIs have them; headers always count.
 */
export function uriEquals(a: SipUri, b: SipUri): boolean {
  return (
    a.scheme === b.scheme &&
    a.user === b.user &&
    a.password === b.password &&
    sameText(a.host, b.host) &&
    a.port === b.port &&
    sameParams(a.params, b.params) &&
    sameHeaders(a.headers, b.headers)
  );
}

function sameParams(a: Params, b: Params): boolean {
  for (const name of ALWAYS_COMPARED) if (!sameValue(a, b, name)) return false;
  for (const name of a.keys()) if (b.has(name) && !sameValue(a, b, name)) return false;
  return true;
}

function sameHeaders(a: Params, b: Params): boolean {
  if (a.size !== b.size) return false;
  for (const name of a.keys()) if (!sameValue(a, b, name)) return false;
  return true;
}

function sameValue(a: Params, b: Params, name: string): boolean {
  return a.has(name) === b.has(name) && sameText(a.get(name) ?? '', b.get(name) ?? '');
}

function sameText(a: string, b: string): boolean {
  return a === b || a.toLowerCase() === b.toLowerCase();
}
