import { SipParseError } from '../errors/sip-parse-error.ts';
import { isToken, readDecimal } from './chars.ts';

/** First line of a message. RFC 3261 §7.1, §7.2. */
export type StartLine = { readonly version: string } & (
  | { readonly kind: 'request'; readonly method: string; readonly requestUri: string }
  | { readonly kind: 'response'; readonly status: number; readonly reason: string }
);

/**
 * Reads a request line or status line of any SIP version.
 *
 * @throws SipParseError
 */
export function parseStartLine(line: string): StartLine {
  return (isStatusLine(line) ? readStatusLine(line) : readRequestLine(line)) ?? malformed();
}

function isStatusLine(line: string): boolean {
  return line.startsWith('SIP/') || /^sip\//i.test(line);
}

/** Exactly one space on both sides of the URI, which holds none itself. */
function readRequestLine(line: string): StartLine | undefined {
  const methodEnd = line.indexOf(' ');
  const uriEnd = line.indexOf(' ', methodEnd + 1);
  if (methodEnd === -1 || uriEnd === -1) return undefined;
  const method = line.slice(0, methodEnd);
  const requestUri = line.slice(methodEnd + 1, uriEnd);
  const version = line.slice(uriEnd + 1);
  if (!isToken(method) || !isUriLike(requestUri) || !isVersion(version)) return undefined;
  return { kind: 'request', version, method, requestUri };
}

/** `SIP/2.0 200 OK`; the space before an absent reason may be missing. */
function readStatusLine(line: string): StartLine | undefined {
  const versionEnd = line.indexOf(' ');
  const statusEnd = versionEnd + 4;
  if (versionEnd === -1 || statusEnd > line.length) return undefined;
  const status = readDecimal(line, versionEnd + 1, statusEnd);
  const version = line.slice(0, versionEnd);
  const next = line.charAt(statusEnd);
  if (!isVersion(version) || status === undefined || (next !== ' ' && next !== ''))
    return undefined;
  if (status < 100 || status > 699) return undefined;
  return { kind: 'response', version, status, reason: line.slice(statusEnd + 1) };
}

/** `scheme:rest` of any scheme: an unknown one is for the server to refuse (416), not the parser. */
function isUriLike(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:[^<>"\s]+$/i.test(text);
}

function isVersion(text: string): boolean {
  return text === 'SIP/2.0' || /^SIP\/\d+\.\d+$/i.test(text);
}

function malformed(): never {
  throw new SipParseError('SIP_MALFORMED_START_LINE');
}
