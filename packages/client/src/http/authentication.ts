import type { Clock, Random } from '@dialtone/sip';
import { type Challenge, type DigestChallenge, isAnswerable } from '@dialtone/sip/digest';
import { type PostForm, refreshTokens, usableAccessToken } from './bearer.ts';
import type {
  BearerCredentials,
  CredentialsProvider,
  CredentialsQuery,
  HttpCredentials,
} from './credentials.ts';
import { answerDigest } from './digest-answer.ts';

/** A challenge nobody has credentials for. */
export interface UnansweredChallenge {
  readonly method: 'digest' | 'basic' | 'bearer';
  readonly realm: string | undefined;
  /** Of the identity the request was made for. */
  readonly username: string | undefined;
  readonly domain: string | undefined;
  /** Of a Digest challenge. */
  readonly algorithm: string | undefined;
  /** `authz_server` of a Bearer challenge (RFC 8898). */
  readonly authorizationServer: string | undefined;
}

/**
 * Asks for credentials. Resolves with true once the provider has them (the request is sent again),
 * with false to give up (the 401 becomes the response). Must give up when the signal is aborted.
 */
export type AuthenticationHandler = (
  challenge: UnansweredChallenge,
  signal: AbortSignal | undefined,
) => Promise<boolean>;

/** What one request brings to answer its challenges with. */
export interface AuthenticationContext {
  readonly provider: CredentialsProvider | undefined;
  /** From the URL: `user:password@` and `access_token`. */
  readonly urlCredentials: HttpCredentials | undefined;
  readonly urlToken: string | undefined;
  readonly identity: { readonly username: string; readonly domain: string } | undefined;
  readonly ask: AuthenticationHandler | undefined;
  readonly postForm: PostForm;
  readonly clock: Clock;
  readonly random: Random;
  readonly signal: AbortSignal | undefined;
}

/** The request being answered for. */
export interface ChallengedRequest {
  readonly method: string;
  /** Path and query. */
  readonly uri: string;
  /** False on a server the request was not made for: only what reveals no secret is then used. */
  readonly trusted: boolean;
}

/** Answers to a Digest challenge with the same credentials: the second takes a fresh nonce. */
const MAX_DIGEST_ANSWERS = 2;

/** Answers the 401 responses of one request (provisioning-client.md §2.6). */
export class HttpAuthentication {
  readonly #context: AuthenticationContext;
  #digestAnswers = 0;
  #basicAnswered = false;
  /** What the latest Digest answer was made with. */
  #digestUsed:
    | { readonly credentials: HttpCredentials; readonly query: CredentialsQuery }
    | undefined;
  /** Bearer tokens that were refused, or exchanged for newer ones. */
  readonly #spentTokens = new Set<string>();

  constructor(context: AuthenticationContext) {
    this.#context = context;
  }

  /**
   * The Authorization header to send again with, of the first challenge that can be answered;
   * undefined when the 401 is final.
   */
  async answer(
    challenges: readonly Challenge[],
    request: ChallengedRequest,
  ): Promise<string | undefined> {
    const { ask, signal } = this.#context;
    for (;;) {
      for (const challenge of challenges) {
        const header = await this.#respond(challenge, request);
        if (header !== undefined) return header;
      }
      const question = this.#question(challenges);
      const refusedDigest = this.#digestAnswers >= MAX_DIGEST_ANSWERS;
      if (question === undefined || refusedDigest || ask === undefined || !request.trusted) {
        return undefined;
      }
      if (!(await ask(question, signal)) || signal?.aborted === true) return undefined;
      this.#basicAnswered = false;
    }
  }

  /** The answer was not refused. */
  accepted(): void {
    if (this.#digestUsed === undefined) return;
    const { credentials, query } = this.#digestUsed;
    this.#context.provider?.accepted?.(credentials, query);
  }

  async #respond(challenge: Challenge, request: ChallengedRequest): Promise<string | undefined> {
    if (challenge.kind === 'digest') return this.#digest(challenge, request);
    if (!request.trusted) return undefined;
    const realm = challenge.params.get('realm');
    switch (challenge.scheme) {
      case 'basic':
        return this.#basic(realm);
      case 'bearer':
        return await this.#bearer(realm);
      default:
        return undefined;
    }
  }

  #digest(challenge: DigestChallenge, request: ChallengedRequest): string | undefined {
    if (this.#digestAnswers >= MAX_DIGEST_ANSWERS || !isAnswerable(challenge)) return undefined;
    const { realm, algorithm } = challenge;
    const credentials = this.#find(realm, algorithm, request.trusted);
    if (credentials === undefined) return undefined;
    const header = answerDigest(challenge, credentials, request, this.#context.random);
    if (header === undefined) return undefined;
    this.#digestAnswers += 1;
    this.#digestUsed = { credentials, query: this.#query(realm, algorithm) };
    return header;
  }

  #basic(realm: string | undefined): string | undefined {
    if (this.#basicAnswered) return undefined;
    const credentials = this.#find(realm, undefined, true);
    if (credentials?.password === undefined) return undefined;
    this.#basicAnswered = true;
    const name = credentials.userid ?? credentials.username;
    return `Basic ${Buffer.from(`${name}:${credentials.password}`).toString('base64')}`;
  }

  async #bearer(realm: string | undefined): Promise<string | undefined> {
    const { provider, urlToken, clock, postForm } = this.#context;
    if (urlToken !== undefined && this.#spend(urlToken)) return `Bearer ${urlToken}`;
    const credentials = provider?.findBearer?.(this.#query(realm, undefined));
    if (credentials === undefined) return undefined;
    const token = usableAccessToken(credentials, clock.now());
    if (token !== undefined && this.#spend(token)) return `Bearer ${token}`;
    return await this.#refresh(credentials, postForm);
  }

  async #refresh(credentials: BearerCredentials, post: PostForm): Promise<string | undefined> {
    const old = credentials.refreshToken?.token;
    if (old === undefined || !this.#spend(old)) return undefined;
    const tokens = await refreshTokens(credentials, this.#context.clock.now(), post);
    if (tokens === undefined || tokens === 'unavailable') return undefined;
    this.#context.provider?.storeTokens?.(credentials, tokens);
    this.#spend(tokens.accessToken.token);
    return `Bearer ${tokens.accessToken.token}`;
  }

  /** False when this token was used before. */
  #spend(token: string): boolean {
    const fresh = !this.#spentTokens.has(token);
    this.#spentTokens.add(token);
    return fresh;
  }

  #find(
    realm: string | undefined,
    algorithm: string | undefined,
    trusted: boolean,
  ): HttpCredentials | undefined {
    const { urlCredentials, provider } = this.#context;
    if (trusted && urlCredentials !== undefined) return urlCredentials;
    return provider?.find(this.#query(realm, algorithm));
  }

  #query(realm: string | undefined, algorithm: string | undefined): CredentialsQuery {
    const { identity } = this.#context;
    return { realm, username: identity?.username, domain: identity?.domain, algorithm };
  }

  /** What to ask about: the first challenge of a known kind. */
  #question(challenges: readonly Challenge[]): UnansweredChallenge | undefined {
    for (const challenge of challenges) {
      if (challenge.kind === 'digest') {
        const { realm, algorithm } = challenge;
        const query = this.#query(realm, algorithm);
        return { ...query, method: 'digest', authorizationServer: undefined };
      }
      const { scheme, params } = challenge;
      if (scheme === 'basic' || scheme === 'bearer') {
        const query = this.#query(params.get('realm'), undefined);
        return { ...query, method: scheme, authorizationServer: params.get('authz_server') };
      }
    }
    return undefined;
  }
}
