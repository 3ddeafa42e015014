import type { DigestCredentials } from './credentials.ts';
import { computeHa1, computeResponse, formatNonceCount } from './response.ts';
import type { AnswerableChallenge } from './select-challenge.ts';

/** Whom to authenticate as, and for which request. */
export interface AnswerInput {
  readonly username: string;
  /** A stored HA1 for the challenge's realm and algorithm wins over a password. */
  readonly secret: { readonly ha1: string } | { readonly password: string };
  readonly method: string;
  /** The Request-URI as sent, or path and query in HTTP. */
  readonly uri: string;
  /** How often the nonce is used with this request, from 1: see `NonceCounter`. */
  readonly nonceCount: number;
  /** Fresh random characters; sent and hashed only with qop. */
  readonly cnonce: string;
}

/**
 * Answers a challenge: `auth` wherever it is offered, else without qop. The algorithm is always
 * named, in the server's spelling. RFC 7616 §3.4, registration.md §3.4, §3.7.
 *
 * @example
 * const challenge = selectChallenge(parseChallenges(headers.getAll('WWW-Authenticate')));
 * const value = serializeCredentials(answerChallenge(challenge, { username, … }));
 */
export function answerChallenge(
  challenge: AnswerableChallenge,
  input: AnswerInput,
): DigestCredentials {
  const { algorithm, realm, nonce } = challenge;
  const { username, method, uri, cnonce } = input;
  const ha1 =
    'ha1' in input.secret
      ? input.secret.ha1
      : computeHa1({ algorithm, username, realm, password: input.secret.password });
  const auth = challenge.qop.includes('auth')
    ? { nc: formatNonceCount(input.nonceCount), cnonce }
    : undefined;
  return {
    username,
    userhash: false,
    realm,
    nonce,
    uri,
    response: computeResponse({ algorithm, ha1, method, uri, nonce, auth }),
    algorithm,
    algorithmName: challenge.algorithmName ?? algorithm,
    opaque: challenge.opaque,
    qop: auth && 'auth',
    auth,
  };
}
