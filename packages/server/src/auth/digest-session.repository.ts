import type { Selectable } from 'kysely';
import type { Database, Db } from '../db/database.ts';
import { fromDbDate, toDbDate } from '../db/dates.ts';
import { prepare, prepareWrite } from '../db/prepared.ts';
import { relaxedWrite } from '../db/relaxed-write.ts';

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
 * another node, is found by `raiseNonceCount` (nonce-count.repository.ts).
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
