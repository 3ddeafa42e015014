import { SipParseError } from '../errors/sip-parse-error.ts';
import { codeAt, find, isToken, readDecimal, SPACE, spells } from './chars.ts';

/** First line of a message. RFC 3261 §7.1, §7.2. */
export type StartLine = { readonly version: string } & (
  | { readonly kind: 'request'; readonly method: string; readonly requestUri: string }
  | { readonly kind: 'response'; readonly status: number; readonly reason: string }
);

const VERSION = 'SIP/2.0';

/**
 * Reads a request line or status line of any SIP version from `[0, end)`.
 *
 * @throws SipParseError
 */
export function parseStartLine(text: string, end: number): StartLine {
  return (
    (isStatusLine(text) ? readStatusLine(text, end) : readRequestLine(text, end)) ?? malformed()
  );
}

function isStatusLine(text: string): boolean {
  return text.startsWith('SIP/') || /^sip\//i.test(text);
}

/** Exactly one space on both sides of the URI, which holds none itself. */
function readRequestLine(text: string, end: number): StartLine | undefined {
  const methodEnd = find(SPACE, text, 0, end);
  const uriEnd = find(SPACE, text, methodEnd + 1, end);
  if (uriEnd >= end) return undefined;
  const method = text.slice(0, methodEnd);
  const requestUri = text.slice(methodEnd + 1, uriEnd);
  const version = readVersion(text, uriEnd + 1, end);
  if (version === undefined || !isToken(method) || !isUriLike(requestUri)) return undefined;
  return { kind: 'request', version, method, requestUri };
}

/** `SIP/2.0 200 OK`; the space before an absent reason may be missing. */
function readStatusLine(text: string, end: number): StartLine | undefined {
  const versionEnd = find(SPACE, text, 0, end);
  const statusEnd = versionEnd + 4;
  if (statusEnd > end) return undefined;
  const status = readDecimal(text, versionEnd + 1, statusEnd);
  const version = readVersion(text, 0, versionEnd);
  if (statusEnd < end && codeAt(text, statusEnd) !== SPACE) return undefined;
  if (version === undefined || status === undefined || status < 100 || status > 699) {
    return undefined;
  }
  return { kind: 'response', version, status, reason: text.slice(statusEnd + 1, end) };
}

/** `scheme:rest` of any scheme: an unknown one is for the server to refuse (416), not the parser. */
function isUriLike(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:[^<>"\s]+$/i.test(text);
}

/** The SIP version in `[start, end)`; undefined when it is none. */
function readVersion(text: string, start: number, end: number): string | undefined {
  if (end - start === VERSION.length && spells(text, start, VERSION)) return VERSION;
  const version = text.slice(start, end);
  return /^SIP\/\d+\.\d+$/i.test(version) ? version : undefined;
}

function malformed(): never {
  throw new SipParseError('SIP_MALFORMED_START_LINE');
}
