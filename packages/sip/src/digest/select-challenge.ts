import type { DigestAlgorithm } from './algorithm.ts';
import type { Challenge, DigestChallenge } from './challenge.ts';

/** A Digest challenge that can be computed: algorithm known, `auth` or no qop at all. */
export interface AnswerableChallenge extends DigestChallenge {
  readonly algorithm: DigestAlgorithm;
}

/**
 * The challenge to answer for each realm: the topmost one that can be computed and that `accept`
 * agrees to (policy and available secrets). RFC 8760 §2.4, registration.md §9 C9.
 *
 * @param accept default: every one.
 */
export function selectChallenges(
  challenges: readonly Challenge[],
  accept: (challenge: AnswerableChallenge) => boolean = () => true,
): readonly AnswerableChallenge[] {
  const selected = new Map<string, AnswerableChallenge>();
  for (const challenge of challenges) {
    if (!isAnswerable(challenge) || selected.has(challenge.realm)) continue;
    if (accept(challenge)) selected.set(challenge.realm, challenge);
  }
  return [...selected.values()];
}

/** The first of `selectChallenges`: for protocols with one realm, such as HTTP. */
export function selectChallenge(
  challenges: readonly Challenge[],
  accept?: (challenge: AnswerableChallenge) => boolean,
): AnswerableChallenge | undefined {
  return selectChallenges(challenges, accept)[0];
}

/** Whether we can compute the answer: `auth` may stand anywhere in qop (registration.md §9 C10). */
export function isAnswerable(challenge: Challenge): challenge is AnswerableChallenge {
  return (
    challenge.kind === 'digest' &&
    challenge.algorithm !== undefined &&
    (challenge.qop.length === 0 || challenge.qop.includes('auth'))
  );
}
