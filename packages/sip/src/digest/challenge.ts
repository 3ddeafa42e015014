import { type DigestAlgorithm, digestAlgorithm } from './algorithm.ts';
import { type AuthItem, type AuthParams, parseAuthItems, quoted } from './auth-params.ts';

/** One challenge of WWW-Authenticate or Proxy-Authenticate. */
export type Challenge = DigestChallenge | OtherChallenge;

/** RFC 7616 §3.3. */
export interface DigestChallenge {
  readonly kind: 'digest';
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | undefined;
  /** MD5 when the server named none; undefined when it named one we cannot compute. */
  readonly algorithm: DigestAlgorithm | undefined;
  /** As the server wrote it, to be echoed; undefined when it named none. */
  readonly algorithmName: string | undefined;
  /** Offered qualities of protection, lower case; empty when the server offers none (RFC 2069). */
  readonly qop: readonly string[];
  /** The nonce was too old, the secret was right: try again with this nonce. */
  readonly stale: boolean;
  /** The server accepts a hashed user name. RFC 7616 §3.4.4. */
  readonly userhash: boolean;
}

/** Any other scheme, such as `Bearer` (RFC 8898) or `Basic`. */
export interface OtherChallenge {
  readonly kind: 'other';
  /** Lower case. */
  readonly scheme: string;
  /** For Bearer: `realm`, `authz_server`, `scope`, `error`. */
  readonly params: AuthParams;
}

/**
 * Reads the challenges of all given header values, in order; a value may hold several. A malformed
 * value, or a Digest challenge without realm or nonce, is left out: it could not be answered.
 */
export function parseChallenges(headerValues: Iterable<string>): readonly Challenge[] {
  const challenges: Challenge[] = [];
  for (const value of headerValues) {
    for (const item of parseAuthItems(value) ?? []) {
      const challenge = toChallenge(item);
      if (challenge !== undefined) challenges.push(challenge);
    }
  }
  return challenges;
}

/** What a server asks for. Order of the parameters on the wire: as here. */
export interface DigestChallengeParts {
  readonly realm: string;
  /** Default `['auth']`. */
  readonly qop?: readonly string[];
  /** Default MD5. */
  readonly algorithm?: DigestAlgorithm;
  readonly nonce: string;
  readonly opaque?: string | undefined;
  /** Default false. */
  readonly stale?: boolean;
}

/** The value of one WWW-Authenticate field: one challenge, which every client can read. */
export function serializeChallenge(parts: DigestChallengeParts): string {
  const params = [
    quoted('realm', parts.realm),
    quoted('qop', (parts.qop ?? ['auth']).join(',')),
    `algorithm=${parts.algorithm ?? 'MD5'}`,
    quoted('nonce', parts.nonce),
  ];
  if (parts.opaque !== undefined) params.push(quoted('opaque', parts.opaque));
  if (parts.stale === true) params.push('stale=true');
  // No space after the commas: what deployed account managers send and old clients expect.
  return `Digest ${params.join(',')}`;
}

function toChallenge({ scheme, params }: AuthItem): Challenge | undefined {
  if (scheme.toLowerCase() !== 'digest') {
    return { kind: 'other', scheme: scheme.toLowerCase(), params };
  }
  const realm = params.get('realm');
  const nonce = params.get('nonce');
  if (realm === undefined || nonce === undefined) return undefined;
  const algorithmName = params.get('algorithm');
  return {
    kind: 'digest',
    realm,
    nonce,
    opaque: params.get('opaque'),
    algorithm: digestAlgorithm(algorithmName ?? 'MD5'),
    algorithmName,
    qop: splitTokens(params.get('qop')),
    stale: isTrue(params.get('stale')),
    userhash: isTrue(params.get('userhash')),
  };
}

function splitTokens(text: string | undefined): readonly string[] {
  return (text ?? '')
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((token) => token !== '');
}

function isTrue(text: string | undefined): boolean {
  return text?.toLowerCase() === 'true';
}
