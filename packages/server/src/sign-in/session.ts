import { z } from 'zod';
import type { Account } from '../accounts/account.ts';
import { selectPasswords } from '../accounts/password/password.repository.ts';
import type { Admission, Authenticator } from '../auth/admission.ts';
import { callerFromRow, selectCallerById } from '../auth/caller.repository.ts';
import type { RequestFacts } from '../http/request-context.ts';
import type { ReplyHeaders } from '../http/reply.ts';
import { readCookie, setCookie } from '../pages/cookies.ts';
import { refuseClosedPanel } from '../pages/panel-switch.ts';
import type { Platform } from '../platform.ts';
import type { Seal } from '../sealing/seal.ts';

export const sessionCookie = 'dialtone_session';

/** However busy a session is, it ends after this long. */
const longestMs = 7 * 86_400_000;
/** An idle session is prolonged by its next request; not by each of many. */
const renewAfterMs = 60_000;

/** How the owner of a session proved to be it. */
export const signInWays = ['password', 'recovery', 'oidc', 'token'] as const;
export type SignInWay = (typeof signInWays)[number];

const sessionSchema = z.object({
  accountId: z.int(),
  /** Stands for the passwords of the account: when they change, its sessions end. */
  stamp: z.string(),
  way: z.enum(signInWays),
  signedInAt: z.number(),
  renewedAt: z.number(),
});

/** A signed-in browser; it exists only sealed in its cookie. */
export type Session = z.infer<typeof sessionSchema>;

export type SessionPlatform = Pick<Platform, 'db' | 'clock' | 'config'> & { readonly seal: Seal };

type Facts = Pick<RequestFacts, 'header' | 'origin'>;

/** The header fields that sign a browser in as an account. */
export async function signIn(
  platform: SessionPlatform,
  facts: Facts,
  account: Pick<Account, 'id'>,
  way: SignInWay,
): Promise<ReplyHeaders> {
  const now = platform.clock.now();
  const stamp = await passwordStamp(platform, account.id);
  const session = { accountId: account.id, stamp, way, signedInAt: now, renewedAt: now };
  return writeSession(platform, facts, session);
}

/** The header fields that sign a browser out. */
export function signOut(facts: Facts): ReplyHeaders {
  return setCookie(facts, sessionCookie, '', 0);
}

/** The session of a request, whether its account still exists or not. */
export function readSession(
  { seal, clock }: Pick<SessionPlatform, 'seal' | 'clock'>,
  facts: Facts,
): Session | undefined {
  const sealed = readCookie(facts, sessionCookie);
  const session = seal.open('session', sessionSchema, sealed, clock.now());
  if (session === undefined || session.signedInAt + longestMs <= clock.now()) return undefined;
  return session;
}

/**
 * Signed-in browsers. A session is worth something on the host of its account's space only, and ends
 * when it was idle too long, when the password changes, and with the account.
 */
export function sessionAuthenticator(platform: SessionPlatform): Authenticator {
  return async (context): Promise<Admission | undefined> => {
    refuseClosedPanel(context);
    const session = readSession(platform, context);
    if (session === undefined) return undefined;
    const account = await selectCallerById(platform.db, session.accountId);
    if (account === undefined || account.domain !== context.space.domain) return undefined;
    if ((await passwordStamp(platform, account.id)) !== session.stamp) return undefined;
    return {
      caller: callerFromRow(account, 'session'),
      headers: renew(platform, context, session),
    };
  };
}

function renew(platform: SessionPlatform, facts: Facts, session: Session): ReplyHeaders {
  const now = platform.clock.now();
  if (now < session.renewedAt + renewAfterMs) return {};
  return writeSession(platform, facts, { ...session, renewedAt: now });
}

function writeSession(
  { seal, config, clock }: SessionPlatform,
  facts: Facts,
  session: Session,
): ReplyHeaders {
  const expiresAt = clock.now() + config.expiry.sessionMinutes * 60_000;
  return setCookie(facts, sessionCookie, seal.seal('session', session, expiresAt));
}

async function passwordStamp(
  { db, seal }: Pick<SessionPlatform, 'db' | 'seal'>,
  accountId: number,
): Promise<string> {
  const passwords = await selectPasswords(db, accountId);
  const hashes = passwords.map(({ algorithm, ha1 }) => `${algorithm} ${ha1}`).toSorted();
  return seal.tag('password-stamp', `${accountId} ${hashes.join(' ')}`);
}
