import type { AuthInfo } from './auth-info.ts';

/** What a server asks for; every part may be unknown. Compared exactly (registration.md §3.3). */
export interface AuthInfoQuery {
  readonly username: string | undefined;
  readonly realm: string | undefined;
  readonly domain: string | undefined;
  /** Compared without case. */
  readonly algorithm: string | undefined;
  /** Accept a hashed password of another realm, too: for showing an entry, not for answering. */
  readonly ignoreRealm?: boolean;
}

/**
 * The digest entry for a query, among `candidates` of that user: by realm, by realm and domain, by
 * domain, by user name alone. A hashed password only serves the realm it was made for.
 */
export function findAuthInfo(
  candidates: Iterable<AuthInfo>,
  query: AuthInfoQuery,
): AuthInfo | undefined {
  const usable: AuthInfo[] = [];
  for (const info of candidates) {
    const known = query.ignoreRealm === true || isDigest(info);
    if (known && fitsAlgorithm(info, query.algorithm)) usable.push(info);
  }
  return byRealm(usable, query) ?? byDomain(usable, query);
}

/** The only one of the realm, or the one that is also of the domain. */
function byRealm(usable: readonly AuthInfo[], query: AuthInfoQuery): AuthInfo | undefined {
  if (query.realm === undefined) return undefined;
  const realm = unquoted(query.realm);
  const ofRealm = usable.filter((info) => info.realm !== null && unquoted(info.realm) === realm);
  return ofRealm.length === 1
    ? ofRealm[0]
    : ofRealm.find((info) => info.domain === (query.domain ?? null));
}

function byDomain(usable: readonly AuthInfo[], query: AuthInfoQuery): AuthInfo | undefined {
  const anyRealm = usable.filter((info) => query.ignoreRealm === true || info.ha1 === null);
  const { domain } = query;
  const ofDomain =
    domain === undefined ? undefined : anyRealm.find((info) => info.domain === domain);
  return ofDomain ?? anyRealm[0];
}

/**
 * The token entry for a query: user, realm and domain, then realm, then domain (registration.md §3.9),
 * then one that the application gave for every realm.
 */
export function findBearerInfo(
  candidates: Iterable<AuthInfo>,
  query: AuthInfoQuery,
): AuthInfo | undefined {
  const tokens = [...candidates].filter((info) => info.hasToken);
  return (
    tokens.find((info) => info.realm === query.realm && info.domain === query.domain) ??
    tokens.find((info) => info.realm === query.realm) ??
    tokens.find((info) => info.domain === query.domain) ??
    tokens.find((info) => info.realm === null && info.domain === null)
  );
}

/** Who we are to the server that gives out tokens: the entry itself, or one made for that alone. */
export function findOAuthClient(candidates: Iterable<AuthInfo>, token: AuthInfo): AuthInfo {
  if (token.clientSecret !== null) return token;
  for (const info of candidates) {
    if (
      info.clientSecret !== null &&
      fits(token.clientId, info.clientId) &&
      fits(token.authorizationServer, info.authorizationServer)
    ) {
      return info;
    }
  }
  return token;
}

function fits(own: string | null, known: string | null): boolean {
  return own === null || known === null || own === known;
}

function isDigest(info: AuthInfo): boolean {
  return info.password !== null || info.ha1 !== null;
}

function fitsAlgorithm(info: AuthInfo, asked: string | undefined): boolean {
  if (asked === undefined) return true;
  if (info.algorithm === null) return info.ha1 === null || asked.toUpperCase() === 'MD5';
  return info.algorithm.toUpperCase() === asked.toUpperCase();
}

function unquoted(realm: string): string {
  return realm.startsWith('"') ? realm.replace(/^"(.*)"$/s, '$1') : realm;
}
