import type { Selectable } from 'kysely';
import type { Database, Db } from '../db/database.ts';
import { fromDbDate, toDbDate } from '../db/dates.ts';
import { prepare, prepareText, prepareWrite } from '../db/prepared.ts';
import { relaxedWrite } from '../db/relaxed-write.ts';
import { versionOf } from '../db/sqlite.ts';
import { relaxedChain } from '../db/statement-chain.ts';

/** What a 401 remembers about its challenge. */
export interface NewDigestSession {
  readonly accountId: number;
  readonly ip: string;
  readonly nonce: string;
  readonly opaque: string;
  readonly now: number;
}

const insertSession = prepareWrite<InsertableSession>((db, row) =>
  db.insertInto('opaques').values(row),
);

type InsertableSession = Pick<
  Selectable<Database['opaques']>,
  'account_id' | 'ip' | 'nonce' | 'opaque' | 'created_at' | 'updated_at'
>;

export async function insertDigestSession(db: Db, session: NewDigestSession): Promise<void> {
  const date = toDbDate(session.now);
  const row = {
    account_id: session.accountId,
    ip: session.ip,
    nonce: session.nonce,
    opaque: session.opaque,
    created_at: date,
    updated_at: date,
  };
  await relaxedWrite(db, (trx) => insertSession(trx, row));
}

/** What identifies a session. */
interface SessionKey {
  readonly opaque: string;
  readonly accountId: number;
  readonly ip: string;
}

/** A session as it was made, and what of its nonce was used. */
export interface StoredSession extends SessionKey {
  readonly id: number;
  readonly nonce: string;
  /** Milliseconds since the Unix epoch; undefined when the database does not know. */
  readonly createdAt: number | undefined;
  /** The highest nonce count that was used, as far as is known. */
  used: number;
  /** The nonce count in the database: this process alone may use what lies between `used` and it. */
  stored: number;
  /** Requests that were counted by this process. */
  requests: number;
  /** Version of the database (sqlite.ts) when it stored the count; undefined: `stored` may be of others. */
  version: number | undefined;
}

interface SessionRow extends SessionKey {
  readonly id: number;
  readonly nonce: string;
  readonly nc: number;
  readonly createdAt: string | null;
}

/** By the opaque alone: SQLite would rather look through all sessions of the account. */
const rowsOfOpaque = prepare<Pick<SessionKey, 'opaque'>, SessionRow>((db, { opaque }) =>
  db
    .selectFrom('opaques')
    .select(['id', 'opaque', 'account_id as accountId', 'ip'])
    .select(['nonce', 'nc', 'created_at as createdAt'])
    .where('opaque', '=', opaque),
);

function isOf(session: SessionKey, { opaque, accountId, ip }: SessionKey): boolean {
  return session.opaque === opaque && session.accountId === accountId && session.ip === ip;
}

/** Sessions remembered per database; the one that was found first is forgotten for another one. */
const mostRemembered = 10_000;

const remembered = new WeakMap<Db, Map<string, StoredSession>>();

/**
 * The session that `opaque` names, if it is of this account and address. It is remembered, because
 * each of its requests asks for it; whether it still exists, and whether its count was used at
 * another node, is found by `raiseNonceCount`.
 */
export async function findDigestSession(
  db: Db,
  key: SessionKey,
): Promise<StoredSession | undefined> {
  const known = remembered.get(db)?.get(key.opaque);
  if (known !== undefined && isOf(known, key)) return known;
  const rows = await rowsOfOpaque(db, { opaque: key.opaque });
  const row = rows.find((candidate) => isOf(candidate, key));
  if (row === undefined) return undefined;
  const sessions = remembered.get(db) ?? new Map<string, StoredSession>();
  // Of requests that looked at the same time, one remembers for all: each would use counts of its own.
  const meanwhile = sessions.get(key.opaque);
  if (meanwhile?.id === row.id) return meanwhile;
  const { nc, createdAt: created, ...session } = row;
  const createdAt = created === null ? undefined : fromDbDate(created);
  const found = { ...session, createdAt, used: nc, stored: nc, requests: 0, version: undefined };
  const [oldest] = sessions.keys();
  if (sessions.size >= mostRemembered && oldest !== undefined) sessions.delete(oldest);
  remembered.set(db, sessions.set(key.opaque, found));
  return found;
}

interface RaisedCount {
  readonly id: number;
  readonly nonce: string;
  readonly nc: number;
  /** Stored only over a lower count than this: else somebody else was first. */
  readonly below: number;
}

const setNonceCount = prepareText<RaisedCount, unknown>((db, { id, nonce, nc, below }) =>
  db
    .updateTable('opaques')
    .set({ nc })
    .where('id', '=', id)
    // MySQL before 8.0 may give the id of a deleted session to another one, after a restart.
    .where('nonce', '=', nonce)
    .where('nc', '<', below),
);

/** Columns of FAM's tables end here; nobody sends two thousand million requests with one nonce. */
const highestStored = 0x7fff_ffff;

/** Counts stored ahead at most. What a process has left of them when it ends is lost: their next request gets a 401. */
const mostAhead = 64;

/**
 * Uses a nonce count of a session. False when this count, or a higher one, was used before, is absurdly
 * high, or the session is gone.
 *
 * The database decides, because it alone knows what all nodes have seen. Where it tells that nobody else
 * wrote (SQLite), a process that serves a session stores its count some requests ahead, ever more as it
 * goes on, and uses those without asking: others, and itself after a crash, take them as used.
 */
export async function raiseNonceCount(
  db: Db,
  session: StoredSession,
  nc: number,
): Promise<boolean> {
  if (nc > highestStored - mostAhead) return false;
  const before = versionOf(db, sessionTables);
  const version = before instanceof Promise ? await before : before;
  if (isStoredAhead(session, nc, version)) return use(session, nc);
  const ahead = version === undefined ? 0 : Math.min(session.requests, mostAhead);
  // Never lower than what is stored, which others take as used.
  const count = {
    nc: Math.max(nc + ahead, session.stored),
    below: Math.max(nc, session.stored + 1),
  };
  const { id, nonce } = session;
  const [stored] = await relaxedChain(db, [setNonceCount(db, { id, nonce, ...count })]);
  const isStored = stored?.changed === 1;
  if (isStored) {
    session.stored = count.nc;
    session.version = version;
  }
  // Another request of this session may have stored it in the same moment.
  return (isStored || isStoredAhead(session, nc, version)) && use(session, nc);
}

/**
 * Counts of sessions do not change its version (sqlite-file.ts); that sessions were deleted does. Those that
 * went with their account are asked for by nobody.
 */
const sessionTables = ['opaques'] as const;

function isStoredAhead(session: StoredSession, nc: number, version: number | undefined): boolean {
  return version !== undefined && version === session.version && nc <= session.stored;
}

/** The last word: of two requests with one count only one gets here first. */
function use(session: StoredSession, nc: number): boolean {
  if (nc <= session.used) return false;
  session.used = nc;
  session.requests += 1;
  return true;
}

interface SecretRow {
  readonly ha1: string;
  readonly algorithm: string;
  readonly realm: string | null;
}

const secrets = prepare<{ readonly accountId: number }, SecretRow>((db, { accountId }) =>
  db
    .selectFrom('accounts')
    .innerJoin('passwords', 'passwords.account_id', 'accounts.id')
    .leftJoin('spaces', 'spaces.domain', 'accounts.domain')
    .leftJoin(
      'space_digest_authentication_configurations as digest',
      'digest.space_id',
      'spaces.id',
    )
    .select(['passwords.password as ha1', 'passwords.algorithm', 'digest.realm'])
    .where('accounts.id', '=', accountId)
    .orderBy('passwords.id')
    .orderBy('digest.id'),
);

/** The stored HA1 hashes of an account in the order in which they were made, and its realm. */
export function selectDigestSecrets(db: Db, accountId: number): Promise<SecretRow[]> {
  return secrets(db, { accountId });
}
