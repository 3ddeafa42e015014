import { parseAuthenticationInfo } from '../digest/authentication-info.ts';
import type { AnswerableChallenge } from '../digest/select-challenge.ts';
import type { SipResponse } from '../message/message.ts';
import {
  type Authorization,
  authorizationHeader,
  type DigestAuthorization,
  ha1Of,
  realmOf,
} from './authorization.ts';
import type { RegisterParameters } from './build-register.ts';
import { type ChallengeGroup, groupChallenges, isStale } from './challenge-groups.ts';
import type { AuthenticationRequest, CredentialQuery, DigestSecret } from './credentials.ts';
import type { RegistrationContext } from './registration-context.ts';

/** What can be done about a challenge. */
export type ChallengeAnswer =
  /** Send again: `authorize` has the credentials. */
  | { readonly kind: 'answered' }
  /** Nothing in it may be answered. */
  | { readonly kind: 'refused-by-policy' }
  /** A token is being fetched. */
  | { readonly kind: 'token-pending' }
  /** A token could not be fetched this time. */
  | { readonly kind: 'token-unavailable' }
  | { readonly kind: 'missing'; readonly requests: readonly AuthenticationRequest[] }
  /** What was sent is wrong. */
  | { readonly kind: 'rejected'; readonly requests: readonly AuthenticationRequest[] };

/** Answers to one request; a server that finds every nonce stale would never end. */
const MAX_ANSWERS = 5;

const NOTHING: readonly never[] = [];

type Shared = Pick<RegistrationContext, 'random' | 'settings' | 'credentials' | 'nonces'>;
type Identity = Pick<RegisterParameters, 'username' | 'domain' | 'realm'>;

/**
 * Authentication of the requests of one Call-ID (registration.md §3.4–3.7): one answer per realm, to the
 * topmost challenge that policy and known secrets allow (choice C9); nonces are kept and counted.
 */
export class AuthenticationSession {
  readonly #shared: Shared;
  readonly #identity: Identity;
  #authorizations: readonly Authorization[] = NOTHING;
  /** Of this round: realms that were answered, and how often anything was. */
  #answeredRealms: readonly string[] = NOTHING;
  #answers = 0;
  /** Challenges waiting for credentials. */
  #waiting: readonly ChallengeGroup[] = NOTHING;
  /** What the server has refused; the same secret is not tried again by itself. */
  #refused: readonly DigestAuthorization[] = NOTHING;

  constructor(shared: Shared, identity: Identity) {
    this.#shared = shared;
    this.#identity = identity;
    const { realm, username } = identity;
    const cached = realm === undefined ? undefined : shared.nonces.find(realm, username);
    if (cached !== undefined) this.#authorizations = [cached];
  }

  /** A new attempt: what was refused before may be tried again. */
  beginRound(): void {
    this.#answeredRealms = NOTHING;
    this.#answers = 0;
    this.#waiting = NOTHING;
    this.#refused = NOTHING;
  }

  /** Headers for the next request. */
  authorize(method: string, uri: string): readonly (readonly [name: string, value: string])[] {
    return this.#authorizations.map((authorization) =>
      authorizationHeader(authorization, { method, uri }, this.#shared.random),
    );
  }

  /** Takes a 401 or 407. */
  answer(response: SipResponse): ChallengeAnswer {
    const groups = groupChallenges(response, this.#shared.settings.digestPolicy);
    const dropped = this.#dropAuthorizations((authorization) =>
      groups.some((group) => keyOf(group) === keyOf(authorization)),
    );
    if (groups.length === 0) return { kind: 'refused-by-policy' };
    const repeated = groups.filter(
      (group) => this.#answeredRealms.includes(keyOf(group)) && !isStale(group),
    );
    this.#waiting = groups;
    if (repeated.length === 0 && this.#answers < MAX_ANSWERS) return this.#answerWaiting();
    this.#refused = dropped;
    return { kind: 'rejected', requests: groups.map((group) => this.#requestFor(group)) };
  }

  /** Tries the challenges that wait for credentials again. */
  resume(): ChallengeAnswer {
    this.#answeredRealms = NOTHING;
    this.#answers = 0;
    if (this.#waiting.length > 0) return this.#answerWaiting();
    const changed = this.#refused.some(
      ({ challenge }) => this.#findSecret(challenge) !== undefined,
    );
    if (!changed) return { kind: 'missing', requests: NOTHING };
    this.#refused = NOTHING;
    return { kind: 'answered' };
  }

  /**
   * Takes a 403: the credentials sent, if any, are wrong. Answered: others are known by now, such as a
   * changed password.
   */
  forbidden(): Extract<ChallengeAnswer, { readonly kind: 'answered' | 'rejected' }> {
    const refused = this.#dropAuthorizations(() => true);
    this.#refused = refused;
    this.#waiting = NOTHING;
    if (this.resume().kind === 'answered') return { kind: 'answered' };
    const requests = refused.map(({ header, challenge }) =>
      this.#requestFor({ header, realm: challenge.realm, challenges: [challenge] }),
    );
    return { kind: 'rejected', requests };
  }

  /** Takes a 2xx: the secrets are right; the server may hand out the next nonce. */
  accepted(response: SipResponse): void {
    this.beginRound();
    for (const authorization of this.#authorizations) {
      if (authorization.kind !== 'digest') continue;
      const { challenge, unproven } = authorization;
      authorization.unproven = undefined;
      if (unproven !== undefined) {
        this.#shared.credentials.accepted(
          unproven,
          this.#query(challenge.realm, challenge.algorithm),
        );
      }
      const proxy = authorization.header === 'Proxy-Authorization' ? 'Proxy-' : '';
      const info = response.headers.get(`${proxy}Authentication-Info`);
      const nonce = info === undefined ? undefined : parseAuthenticationInfo(info)?.nextNonce;
      if (nonce === undefined || nonce === challenge.nonce) continue;
      authorization.challenge = { ...challenge, nonce };
      authorization.count = 0;
    }
  }

  /** Forgets all credentials: the next request goes to somebody else. */
  forget(): void {
    this.#authorizations = NOTHING;
    this.beginRound();
  }

  #answerWaiting(): ChallengeAnswer {
    const found: Authorization[] = [];
    const requests: AuthenticationRequest[] = [];
    let pending = false;
    for (const group of this.#waiting) {
      const authorization = this.#authorizationFor(group);
      if (authorization === 'unavailable') return { kind: 'token-unavailable' };
      if (authorization === 'pending') pending = true;
      else if (authorization === undefined) requests.push(this.#requestFor(group));
      else found.push(authorization);
    }
    if (requests.length > 0) return { kind: 'missing', requests };
    if (pending) return { kind: 'token-pending' };
    this.#answers += 1;
    this.#answeredRealms = [...this.#answeredRealms, ...this.#waiting.map(keyOf)];
    this.#waiting = NOTHING;
    this.#refused = NOTHING;
    this.#authorizations = [...this.#authorizations, ...found];
    return { kind: 'answered' };
  }

  #authorizationFor(group: ChallengeGroup): Authorization | 'pending' | 'unavailable' | undefined {
    const { header, realm } = group;
    for (const challenge of group.challenges) {
      if (challenge.kind === 'bearer') {
        const query = this.#query(realm, undefined);
        const answer = this.#shared.credentials.findBearer(query, challenge.authorizationServer);
        if (answer === 'pending' || answer === 'unavailable') return answer;
        if (answer !== undefined) return { kind: 'bearer', header, realm, token: answer.token };
        continue;
      }
      const secret = this.#findSecret(challenge);
      if (secret !== undefined) return this.#digestAuthorization(header, challenge, secret);
    }
    return undefined;
  }

  #digestAuthorization(
    header: ChallengeGroup['header'],
    challenge: AnswerableChallenge,
    secret: DigestSecret,
  ): DigestAuthorization {
    const { username } = secret;
    const ha1 = ha1Of(secret, challenge);
    const { nonces } = this.#shared;
    const authorization: DigestAuthorization = {
      kind: 'digest',
      header,
      challenge,
      username,
      ha1,
      count: 0,
      unproven: secret,
    };
    if (challenge.realm === this.#identity.realm) {
      nonces.store(this.#identity.username, authorization);
    }
    return authorization;
  }

  /** A secret for the challenge that is not known to be wrong. */
  #findSecret(challenge: AnswerableChallenge): DigestSecret | undefined {
    const secret = this.#shared.credentials.findDigest(
      this.#query(challenge.realm, challenge.algorithm),
    );
    if (secret === undefined) return undefined;
    const wrong = this.#refused.some(
      (refused) =>
        refused.challenge.realm === challenge.realm &&
        refused.challenge.algorithm === challenge.algorithm &&
        refused.username === secret.username &&
        refused.ha1 === ha1Of(secret, challenge),
    );
    return wrong ? undefined : secret;
  }

  #requestFor({ realm, challenges }: ChallengeGroup): AuthenticationRequest {
    const digests = challenges.filter((challenge) => challenge.kind === 'digest');
    const bearer = challenges.find((challenge) => challenge.kind === 'bearer');
    const [first] = digests;
    const known = first && this.#query(realm, first.algorithm);
    return {
      method: first === undefined ? 'bearer' : 'digest',
      username: this.#identity.username,
      domain: this.#identity.domain,
      realm,
      algorithms: digests.map((challenge) => challenge.algorithm),
      rejected: known && this.#shared.credentials.findDigest(known),
      authorizationServer: bearer?.authorizationServer,
    };
  }

  /** Removes authorizations and their nonces from everywhere; returns the digest ones. */
  #dropAuthorizations(
    which: (authorization: Authorization) => boolean,
  ): readonly DigestAuthorization[] {
    const dropped = this.#authorizations.filter(which);
    if (dropped.length === 0) return NOTHING;
    this.#authorizations = this.#authorizations.filter((authorization) => !which(authorization));
    const digests = dropped.filter((authorization) => authorization.kind === 'digest');
    for (const digest of digests) this.#shared.nonces.drop(this.#identity.username, digest);
    return digests;
  }

  #query(realm: string, algorithm: string | undefined): CredentialQuery {
    return {
      username: this.#identity.username,
      domain: this.#identity.domain,
      realm,
      algorithm,
    };
  }
}

/** Registrar and proxy may name the same realm. */
function keyOf(challenged: ChallengeGroup | Authorization): string {
  const realm = 'kind' in challenged ? realmOf(challenged) : challenged.realm;
  return `${challenged.header} ${realm}`;
}
