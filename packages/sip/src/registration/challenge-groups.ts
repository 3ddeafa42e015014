import { type Challenge, type DigestChallenge, parseChallenges } from '../digest/challenge.ts';
import { type AnswerableChallenge, isAnswerable } from '../digest/select-challenge.ts';
import type { SipResponse } from '../message/message.ts';
import { ownText } from './own-text.ts';
import type { DigestPolicy } from './settings.ts';

/** Where credentials go: to the registrar or to a proxy on the way (RFC 3261 §22.1, §22.3). */
export type CredentialsHeader = 'Authorization' | 'Proxy-Authorization';

/** A Bearer challenge (RFC 8898 §2.1). */
export interface BearerChallenge {
  readonly kind: 'bearer';
  readonly authorizationServer: string | undefined;
}

/** All challenges for one realm, the server's favourite first; credentials for one of them suffice. */
export interface ChallengeGroup {
  readonly header: CredentialsHeader;
  readonly realm: string;
  readonly challenges: readonly (AnswerableChallenge | BearerChallenge)[];
}

/** Groups the challenges of a 401 or 407 by realm; those that policy or we ourselves refuse are left out. */
export function groupChallenges(
  response: SipResponse,
  policy: DigestPolicy,
): readonly ChallengeGroup[] {
  const groups: Growing[] = [];
  const { headers } = response;
  group('Authorization', headers.getAll('WWW-Authenticate'), policy, groups);
  group('Proxy-Authorization', headers.getAll('Proxy-Authenticate'), policy, groups);
  return groups;
}

interface Growing extends ChallengeGroup {
  readonly challenges: (AnswerableChallenge | BearerChallenge)[];
}

function group(
  header: CredentialsHeader,
  values: readonly string[],
  policy: DigestPolicy,
  into: Growing[],
): void {
  for (const challenge of parseChallenges(values)) {
    const usable = toUsable(challenge, policy);
    if (usable === undefined) continue;
    const realm =
      challenge.kind === 'digest' ? challenge.realm : (challenge.params.get('realm') ?? '');
    const known = into.find((each) => each.header === header && each.realm === realm);
    if (known === undefined) into.push({ header, realm, challenges: [usable] });
    else known.challenges.push(usable);
  }
}

function toUsable(
  challenge: Challenge,
  policy: DigestPolicy,
): AnswerableChallenge | BearerChallenge | undefined {
  if (challenge.kind === 'other') {
    if (challenge.scheme !== 'bearer') return undefined;
    return { kind: 'bearer', authorizationServer: challenge.params.get('authz_server') };
  }
  return isAnswerable(challenge) && allows(policy, challenge) ? detached(challenge) : undefined;
}

/** What is answered is kept until the next challenge. */
function detached(challenge: AnswerableChallenge): AnswerableChallenge {
  const { realm, nonce, opaque, algorithm, algorithmName } = challenge;
  return {
    ...challenge,
    realm: ownText(realm),
    nonce: ownText(nonce),
    opaque: opaque && ownText(opaque),
    algorithmName:
      algorithmName === algorithm ? algorithm : algorithmName && ownText(algorithmName),
  };
}

function allows(policy: DigestPolicy, challenge: DigestChallenge): boolean {
  return (
    (policy.allowMd5 || challenge.algorithm !== 'MD5') &&
    (policy.allowNoQop || challenge.qop.includes('auth'))
  );
}

/** The server says that only the nonce was too old. */
export function isStale(group: ChallengeGroup): boolean {
  return group.challenges.some((challenge) => challenge.kind === 'digest' && challenge.stale);
}
