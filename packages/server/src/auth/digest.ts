import { passwordAlgorithms } from '@dialtone/contract';
import { networkOf } from '@dialtone/sip';
import {
  type DigestCredentials,
  nonceCount,
  parseCredentials,
  verifyResponse,
} from '@dialtone/sip/digest';
import { type FieldFault, invalid, notFound } from '../errors/service-error.ts';
import type { RequestContext } from '../http/request-context.ts';
import type { Platform } from '../platform.ts';
import type { Admission, Authenticator } from './admission.ts';
import { API_KEY_HEADER } from './api-key.ts';
import { refuse } from './authentication-refused.ts';
import { callerFromRow, type CallerRow, selectCallerByAddress } from './caller.repository.ts';
import {
  beginDigestSession,
  challenges,
  repeatedChallenges,
  type DigestSecrets,
  type DigestSession,
  findDigestSecrets,
} from './digest-challenge.ts';
import { findDigestSession } from './digest-session.repository.ts';
import type { FailureLimit } from './failure-limit.ts';
import { addressOfFrom } from './from-header.ts';
import { raiseNonceCount } from './nonce-count.repository.ts';

type DigestPlatform = Pick<Platform, 'db' | 'clock' | 'random' | 'config'>;

/**
 * HTTP digest (RFC 7616 in the profile of reference §4.1): the SIP URI in `From` names the account,
 * the answer proves one of its HA1 hashes. A challenge belongs to one account and one address; its
 * nonce counts strictly upwards. Every answer repeats the challenge, so the next request needs no 401.
 */
export function digestAuthenticator(
  platform: DigestPlatform,
  failures: FailureLimit,
): Authenticator {
  return async (context) => {
    if (context.header(API_KEY_HEADER) !== undefined) return undefined;
    const account = await identify(platform, context);
    return admitByDigest(platform, failures, context, account, context.header('authorization'));
  };
}

/**
 * Admits a request whose credentials prove a password of `account`.
 * @throws AuthenticationRefused with challenges, or ServiceError when the credentials are for something else
 */
export async function admitByDigest(
  platform: DigestPlatform,
  failures: FailureLimit,
  context: RequestContext,
  account: CallerRow,
  authorization: string | undefined,
): Promise<Admission> {
  const secrets = await findDigestSecrets(platform.db, account);
  const challengeAgain = async (reason: string, stale = false) => {
    if (secrets.ha1.size === 0) return refuse(reason);
    const session = await beginDigestSession(platform, account.id, context.ip);
    return refuse(reason, challenges(secrets, session, stale));
  };

  if (authorization === undefined) throw await challengeAgain('Authentication required');
  const guesser = `${account.id}:${networkOf(context.ip)}`;
  const verdict = await failures.attempt(
    guesser,
    () => judge(platform, context, account, secrets, authorization),
    (judged) => !judged.ok && judged.guess,
  );
  if (verdict.ok) {
    return {
      caller: callerFromRow(account, 'digest'),
      headers: repeatedChallenges(secrets, verdict.session),
    };
  }
  throw await challengeAgain(verdict.reason, verdict.stale);
}

/** The account that `From` names. @throws 401 without challenge, or 404 when there is none (D2) */
async function identify(platform: DigestPlatform, context: RequestContext): Promise<CallerRow> {
  const from = context.header('from') ?? '';
  if (from === '') throw refuse('Authentication required');
  const address = addressOfFrom(from);
  if (address === undefined) throw refuse('Invalid From header');
  const account = await selectCallerByAddress(platform.db, address);
  if (account === undefined) throw notFound('account.not_found');
  return account;
}

type Verdict =
  | { readonly ok: true; readonly session: DigestSession }
  | {
      readonly ok: false;
      readonly reason: string;
      readonly guess: boolean;
      readonly stale: boolean;
    };

const refused = (reason: string, kind: 'guess' | 'stale' | 'plain' = 'plain'): Verdict => ({
  ok: false,
  reason,
  guess: kind === 'guess',
  stale: kind === 'stale',
});

async function judge(
  platform: DigestPlatform,
  context: RequestContext,
  account: CallerRow,
  secrets: DigestSecrets,
  authorization: string,
): Promise<Verdict> {
  const credentials = parseCredentials(authorization);
  if (credentials === undefined) return refused('Invalid credentials');
  const { opaque } = credentials;
  if (opaque === undefined) return refused('Invalid opaque');
  const key = { opaque, accountId: account.id, ip: context.ip };
  const session = await findDigestSession(platform.db, key);
  if (session === undefined) return refused('Invalid opaque');
  const count = nonceCount(credentials);
  if (count <= session.used) return refused('Nonce replayed');
  if (credentials.nonce !== session.nonce) return refused('Invalid nonce');
  if (isStale(platform, session.createdAt)) return refused('Nonce expired', 'stale');

  checkParameters(credentials, context, account, secrets);
  const ha1 = ha1For(credentials, secrets);
  if (ha1 === undefined) return refused('No password of this algorithm');
  if (!verifyResponse(credentials, { ha1, method: context.method })) {
    return refused('Wrong credentials', 'guess');
  }
  // Last, and conditional: of two requests with one count only one gets here first.
  const counted = await raiseNonceCount(platform.db, session, count);
  return counted ? { ok: true, session } : refused('Nonce replayed');
}

function isStale({ clock, config }: DigestPlatform, createdAt: number | undefined): boolean {
  const life = config.expiry.nonceMinutes * 60_000;
  return life > 0 && createdAt !== undefined && createdAt + life < clock.now();
}

function ha1For({ algorithm }: DigestCredentials, { ha1 }: DigestSecrets): string | undefined {
  const stored = passwordAlgorithms.find((name) => name === algorithm);
  return stored === undefined ? undefined : ha1.get(stored);
}

/** @throws ServiceError `validation.failed`, keyed by digest parameter */
function checkParameters(
  credentials: DigestCredentials,
  context: RequestContext,
  account: CallerRow,
  { realm }: DigestSecrets,
): void {
  const faults: Record<string, FieldFault> = {};
  // Without the query, unlike RFC 7616: what FAM asks for, and what its clients send.
  if (credentials.uri !== context.path) faults['uri'] = 'validation.invalid';
  if (credentials.qop !== 'auth') faults['qop'] = 'validation.invalid';
  if (credentials.realm !== realm) faults['realm'] = 'validation.invalid';
  if (!passwordAlgorithms.some((name) => name === credentials.algorithm)) {
    faults['algorithm'] = 'validation.invalid';
  }
  if (credentials.username !== account.username) faults['username'] = 'validation.invalid';
  if (Object.keys(faults).length > 0) throw invalid(faults);
}
