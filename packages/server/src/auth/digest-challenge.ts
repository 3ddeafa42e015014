import { type PasswordAlgorithm, passwordAlgorithms } from '@dialtone/contract';
import { serializeChallenge } from '@dialtone/sip/digest';
import { hash } from 'node:crypto';
import type { ReplyHeaders } from '../http/reply.ts';
import type { Platform } from '../platform.ts';
import { forgetOldChallenges } from './challenge-bound.ts';
import { insertDigestSession, selectDigestSecrets } from './digest-session.repository.ts';
import { whileUnchanged } from '../db/while-unchanged.ts';
import type { CallerRow } from './caller.repository.ts';

/** What an account can prove: one HA1 per algorithm, in the order in which they were stored. */
export interface DigestSecrets {
  readonly realm: string;
  readonly ha1: ReadonlyMap<PasswordAlgorithm, string>;
}

/** The secrets of an account. */
export const findDigestSecrets = whileUnchanged(
  async (db, { id, domain }: Pick<CallerRow, 'id' | 'domain'>): Promise<DigestSecrets> => {
    const rows = await selectDigestSecrets(db, id);
    const ha1 = new Map<PasswordAlgorithm, string>();
    for (const row of rows) {
      const algorithm = passwordAlgorithms.find((name) => name === row.algorithm);
      if (algorithm !== undefined && !ha1.has(algorithm)) ha1.set(algorithm, row.ha1);
    }
    return { realm: rows[0]?.realm || domain, ha1 };
  },
  ({ id, domain }) => `${id} ${domain}`,
);

/** What ties the requests that answer one challenge together. */
export interface DigestSession {
  readonly nonce: string;
  readonly opaque: string;
}

/** One `WWW-Authenticate` value per stored password, all of one session (reference §4.1). */
export function challenges(
  { realm, ha1 }: DigestSecrets,
  { nonce, opaque }: DigestSession,
  stale = false,
): string[] {
  return Array.from(ha1.keys(), (algorithm) =>
    serializeChallenge({ realm, algorithm, nonce, opaque, stale }),
  );
}

const repeated = new WeakMap<DigestSession, { secrets: DigestSecrets; headers: ReplyHeaders }>();

/** Header fields that challenge again by the session that was just answered: the same for each of its requests. */
export function repeatedChallenges(secrets: DigestSecrets, session: DigestSession): ReplyHeaders {
  const known = repeated.get(session);
  if (known?.secrets === secrets) return known.headers;
  const headers = { 'www-authenticate': challenges(secrets, session) };
  repeated.set(session, { secrets, headers });
  return headers;
}

/** Begins a session for an account at an address. */
export async function beginDigestSession(
  platform: Pick<Platform, 'db' | 'clock' | 'random'>,
  accountId: number,
  ip: string,
): Promise<DigestSession> {
  const session = { nonce: unguessableHex(platform), opaque: unguessableHex(platform) };
  const now = platform.clock.now();
  await insertDigestSession(platform.db, { ...session, accountId, ip, now });
  await forgetOldChallenges(platform.db);
  return session;
}

/** 64 hexadecimal characters, as FAM's. */
function unguessableHex({ random }: Pick<Platform, 'random'>): string {
  return hash('sha256', random.token(43));
}
