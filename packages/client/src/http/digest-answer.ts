import type { Random } from '@dialtone/sip';
import {
  type AnswerableChallenge,
  answerChallenge,
  serializeCredentials,
} from '@dialtone/sip/digest';
import type { HttpCredentials } from './credentials.ts';

/**
 * The Authorization header for a Digest challenge; undefined when the credentials do not fit it: a
 * hashed password is good for one realm and one algorithm. Every answer takes a fresh challenge, so
 * the nonce count is always 1.
 */
export function answerDigest(
  challenge: AnswerableChallenge,
  credentials: HttpCredentials,
  request: { readonly method: string; readonly uri: string },
  random: Random,
): string | undefined {
  const secret = secretFor(challenge, credentials);
  if (secret === undefined) return undefined;
  return serializeCredentials(
    answerChallenge(challenge, {
      username: credentials.userid ?? credentials.username,
      secret,
      method: request.method,
      uri: request.uri,
      nonceCount: 1,
      cnonce: random.token(16),
    }),
  );
}

function secretFor(
  challenge: AnswerableChallenge,
  { ha1, password, realm, algorithm = 'MD5' }: HttpCredentials,
): { readonly ha1: string } | { readonly password: string } | undefined {
  const fits = algorithm.toUpperCase() === challenge.algorithm && realm === challenge.realm;
  if (ha1 !== undefined && (fits || (realm === undefined && password === undefined)))
    return { ha1 };
  return password === undefined ? undefined : { password };
}
