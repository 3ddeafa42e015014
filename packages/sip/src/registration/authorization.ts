import { answerChallenge } from '../digest/answer-challenge.ts';
import { serializeCredentials } from '../digest/credentials.ts';
import { computeHa1 } from '../digest/response.ts';
import type { AnswerableChallenge } from '../digest/select-challenge.ts';
import type { Random } from '../time/random.ts';
import type { CredentialsHeader } from './challenge-groups.ts';
import type { DigestSecret } from './credentials.ts';

/** A challenge that was answered, ready to be answered again with a higher nonce count. */
export interface DigestAuthorization {
  readonly kind: 'digest';
  readonly header: CredentialsHeader;
  challenge: AnswerableChallenge;
  readonly username: string;
  readonly ha1: string;
  /** Uses of the nonce so far. */
  count: number;
  /** Until the server has accepted it. */
  unproven: DigestSecret | undefined;
}

export interface BearerAuthorization {
  readonly kind: 'bearer';
  readonly header: CredentialsHeader;
  readonly realm: string;
  readonly token: string;
}

export type Authorization = DigestAuthorization | BearerAuthorization;

const CNONCE_LENGTH = 16;

export function realmOf(authorization: Authorization): string {
  return authorization.kind === 'digest' ? authorization.challenge.realm : authorization.realm;
}

/** H(username:realm:password): the stored one, or computed for this challenge. */
export function ha1Of(secret: DigestSecret, challenge: AnswerableChallenge): string {
  const { algorithm, realm } = challenge;
  const { username, password = '' } = secret;
  return secret.ha1 ?? computeHa1({ algorithm, username, realm, password });
}

/** The header of the next request; counts the use of the nonce (RFC 7616 §3.4). */
export function authorizationHeader(
  authorization: Authorization,
  request: { readonly method: string; readonly uri: string },
  random: Random,
): readonly [name: string, value: string] {
  if (authorization.kind === 'bearer')
    return [authorization.header, `Bearer ${authorization.token}`];
  authorization.count += 1;
  const credentials = answerChallenge(authorization.challenge, {
    ...request,
    username: authorization.username,
    secret: { ha1: authorization.ha1 },
    nonceCount: authorization.count,
    cnonce: random.token(CNONCE_LENGTH),
  });
  return [authorization.header, serializeCredentials(credentials)];
}
