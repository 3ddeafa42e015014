import { type DigestAlgorithm, digestAlgorithm } from './algorithm.ts';
import { type AuthParams, parseAuthItems, quoted, unquoted } from './auth-params.ts';
import type { AuthQuality } from './response.ts';

/** Digest credentials of Authorization or Proxy-Authorization. RFC 7616 §3.4. */
export interface DigestCredentials {
  /** With `userhash`, H(username:realm). */
  readonly username: string;
  readonly userhash: boolean;
  readonly realm: string;
  readonly nonce: string;
  readonly uri: string;
  readonly response: string;
  /** MD5 when the client named none; undefined when it named one we cannot compute. */
  readonly algorithm: DigestAlgorithm | undefined;
  /** As written; undefined when left out. */
  readonly algorithmName: string | undefined;
  readonly opaque: string | undefined;
  /** Lower case; undefined without. Only `auth` can be verified. */
  readonly qop: string | undefined;
  /** With `qop`. */
  readonly auth: AuthQuality | undefined;
}

/** The value of `nc`: how often the client says it has used the nonce; 0 without qop. */
export function nonceCount(credentials: DigestCredentials): number {
  return credentials.auth === undefined ? 0 : Number.parseInt(credentials.auth.nc, 16);
}

/**
 * Reads one Authorization value. Undefined when it is malformed, another scheme, or lacks a
 * mandatory parameter: username, realm, nonce, uri, response, and with qop also nc and cnonce.
 */
export function parseCredentials(value: string): DigestCredentials | undefined {
  const items = parseAuthItems(value);
  const item = items?.[0];
  if (item === undefined || items?.length !== 1) return undefined;
  const { params } = item;
  const username = readUsername(params);
  const realm = params.get('realm');
  const nonce = params.get('nonce');
  const uri = params.get('uri');
  const response = params.get('response');
  const qop = params.get('qop')?.toLowerCase();
  const auth = readAuth(params);
  if (
    item.scheme.toLowerCase() !== 'digest' ||
    username === undefined ||
    realm === undefined ||
    nonce === undefined ||
    uri === undefined ||
    response === undefined ||
    (qop !== undefined && auth === undefined)
  ) {
    return undefined;
  }
  const algorithmName = params.get('algorithm');
  return {
    username,
    userhash: params.get('userhash')?.toLowerCase() === 'true',
    realm,
    nonce,
    uri,
    response,
    algorithm: digestAlgorithm(algorithmName ?? 'MD5'),
    algorithmName,
    opaque: params.get('opaque'),
    qop,
    auth: qop === undefined ? undefined : auth,
  };
}

/** The Authorization value of credentials; the quotes are those RFC 7616 §3.4 asks for. */
export function serializeCredentials(credentials: DigestCredentials): string {
  const { username, realm, nonce, uri, response, algorithmName, opaque, qop, auth } = credentials;
  let text = `Digest ${quoted('username', username)}, ${quoted('realm', realm)}`;
  text += `, ${quoted('nonce', nonce)}, ${quoted('uri', uri)}, ${quoted('response', response)}`;
  if (algorithmName !== undefined) text += `, ${unquoted('algorithm', algorithmName)}`;
  if (auth !== undefined) text += `, ${quoted('cnonce', auth.cnonce)}`;
  if (opaque !== undefined) text += `, ${quoted('opaque', opaque)}`;
  if (qop !== undefined) text += `, ${unquoted('qop', qop)}`;
  if (auth !== undefined) text += `, nc=${auth.nc}`;
  return credentials.userhash ? `${text}, userhash=true` : text;
}

/**
 * `username`, or `username*=UTF-8''percent-encoded` (RFC 7616 §3.4, RFC 8187); not both. The encoding
 * could hide a line break, which no header field may hold when the name is written again.
 */
function readUsername(params: AuthParams): string | undefined {
  const plain = params.get('username');
  const extended = params.get('username*');
  if (extended === undefined || plain !== undefined)
    return extended === undefined ? plain : undefined;
  const encoded = /^utf-8'[^']*'(.+)$/i.exec(extended)?.[1];
  try {
    const username = encoded === undefined ? undefined : decodeURIComponent(encoded);
    return username === undefined || CONTROL.test(username) ? undefined : username;
  } catch {
    return undefined;
  }
}

const CONTROL = /\p{Cc}/u;

function readAuth(params: AuthParams): AuthQuality | undefined {
  const nc = params.get('nc');
  const cnonce = params.get('cnonce');
  if (nc === undefined || cnonce === undefined || !/^[0-9a-f]{1,8}$/i.test(nc)) return undefined;
  return { nc, cnonce };
}
