import {
  type DigestAlgorithm,
  type DigestCredentials,
  nonceCount,
  parseCredentials,
  serializeChallenge,
  verifyResponse,
} from '../digest/index.ts';
import type { SipRequest, SipResponse } from '../message/message.ts';
import { createResponse } from '../message/response.ts';
import { networkOf } from '../transport/network-of.ts';
import type { Flow } from '../transport/transport.ts';
import type { AccountLookup, CredentialsSource } from './credentials-source.ts';
import type { GuessLimiter } from './guess-limiter.ts';
import type { NonceIssuer } from './nonce-issuer.ts';

type Source = Pick<Flow, 'protocol' | 'remote'>;

interface Options {
  readonly credentials: CredentialsSource;
  readonly nonces: NonceIssuer;
  readonly guesses: GuessLimiter;
}

type Known = Exclude<AccountLookup, { readonly kind: 'foreign' }>;

/** Hash that no password has: checked for nobody's account, so that it takes as long as another. */
const NO_HA1 = '0'.repeat(64);

/** Digest authentication of REGISTER (RFC 3261 §22, RFC 8760). */
export class RegisterAuthenticator {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Undefined when the request may go on; otherwise what to answer. */
  async check(request: SipRequest, source: Source): Promise<SipResponse | undefined> {
    const { user = '', host } = request.headers.to.uri;
    const lookup = await this.#options.credentials.find(user, host);
    if (lookup.kind === 'foreign') return createResponse(request, 404);

    const credentials = request.headers
      .getAll('authorization')
      .map(parseCredentials)
      .find((each) => each?.realm === lookup.realm);
    const receiver = receiverOf(source);
    // Who answers no question of ours is not listened to: a datagram may come under any address, and a
    // guess that is neither counted nor refused must not be confirmed either.
    if (credentials === undefined || !this.#options.nonces.isOurs(credentials.nonce, receiver)) {
      return this.#challenge(request, lookup, receiver, false);
    }
    const subject = guesser(source.remote.address, user, host);
    if (this.#options.guesses.isExhausted(subject)) return createResponse(request, 403);
    if (!proves(credentials, request, lookup)) {
      this.#options.guesses.recordFailure(subject);
      return createResponse(request, 403);
    }
    // Only who knows the password learns about its nonce; a new one then needs no new password.
    const verdict = this.#options.nonces.use(credentials.nonce, nonceCount(credentials));
    return verdict === 'fresh' ? undefined : this.#challenge(request, lookup, receiver, true);
  }

  /** One header field per algorithm, all with one nonce, the strongest first (RFC 8760 §2.4). */
  #challenge(request: SipRequest, lookup: Known, receiver: string, stale: boolean): SipResponse {
    const nonce = this.#options.nonces.issue(receiver);
    return createResponse(
      request,
      401,
      undefined,
      algorithmsOf(lookup).map((algorithm) => [
        'WWW-Authenticate',
        serializeChallenge({ realm: lookup.realm, algorithm, nonce, stale }),
      ]),
    );
  }
}

/** Longer names than any account has share a counter: what strangers send must not fill the memory. */
const MAX_SUBJECT_LENGTH = 256;

/** What a nonce is bound to. A connection proves its address by itself, and may change it. */
function receiverOf({ protocol, remote }: Source): string {
  return protocol === 'udp' ? networkOf(remote.address) : '';
}

/** Who guesses at what; the spelling of the domain makes no difference. */
function guesser(source: string, user: string, host: string): string {
  return `${networkOf(source)} ${user}@${host.toLowerCase()}`.slice(0, MAX_SUBJECT_LENGTH);
}

const STRENGTH: Readonly<Record<DigestAlgorithm, number>> = {
  'SHA-512-256': 3,
  'SHA-256': 2,
  MD5: 1,
};

function algorithmsOf(lookup: Known): readonly DigestAlgorithm[] {
  const algorithms =
    lookup.kind === 'account'
      ? lookup.hashes.map(({ algorithm }) => algorithm)
      : [...lookup.algorithms];
  return algorithms.toSorted((a, b) => STRENGTH[b] - STRENGTH[a]);
}

/**
 * Whether the credentials are those of the account. Their digest-uri may differ from the Request-URI,
 * which proxies rewrite (RFC 3261 §22.4 point 5); sipp writes its next hop there.
 */
function proves(credentials: DigestCredentials, request: SipRequest, lookup: Known): boolean {
  const hashes = lookup.kind === 'account' ? lookup.hashes : [];
  const stored = hashes.find(({ algorithm }) => algorithm === credentials.algorithm);
  const right = verifyResponse(credentials, {
    ha1: stored?.ha1 ?? NO_HA1,
    method: request.method,
  });
  return right && stored !== undefined && credentials.username === request.headers.to.uri.user;
}
