import type { Selectable } from 'kysely';
import type { Database, Db } from '../db/database.ts';
import { toDbDate } from '../db/dates.ts';
import { prepare, prepareWrite } from '../db/prepared.ts';
import { prepareRelaxedWrite } from '../db/relaxed-statement.ts';
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

/** A session: all but its count stays as it was made. */
export interface StoredSession extends SessionKey {
  readonly id: number;
  readonly nonce: string;
  readonly createdAt: string | null;
  /** The highest count that was used, as far as is known. */
  nc: number;
}

const rowsOfSession = prepare<SessionKey, StoredSession>((db, { opaque, accountId, ip }) =>
  db
    .selectFrom('opaques')
    .select(['id', 'opaque', 'account_id as accountId', 'ip'])
    .select(['nonce', 'nc', 'created_at as createdAt'])
    .where('opaque', '=', opaque)
    .where('account_id', '=', accountId)
    .where('ip', '=', ip),
);

/** Sessions remembered per database; when there are more, all are forgotten. */
const mostRemembered = 1000;

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
  const sessions = remembered.get(db) ?? new Map<string, StoredSession>();
  const known = sessions.get(key.opaque);
  if (known?.accountId === key.accountId && known.ip === key.ip) return known;
  const [row] = await rowsOfSession(db, key);
  if (row !== undefined) {
    if (sessions.size >= mostRemembered) sessions.clear();
    remembered.set(db, sessions.set(key.opaque, row));
  }
  return row;
}

const setNonceCount = prepareRelaxedWrite<Pick<StoredSession, 'id' | 'nonce' | 'nc'>>(
  (db, { id, nonce, nc }) =>
    db
      .updateTable('opaques')
      .set({ nc })
      .where('id', '=', id)
      // SQLite gives the id of a deleted session to the next one.
      .where('nonce', '=', nonce)
      .where('nc', '<', nc),
);

/**
 * Raises the nonce count of a session in the database, which alone knows what all nodes have seen.
 * False when this count, or a higher one, was used before, or the session is gone.
 */
export async function raiseNonceCount(
  db: Db,
  session: StoredSession,
  nc: number,
): Promise<boolean> {
  const { changed } = await setNonceCount(db, { id: session.id, nonce: session.nonce, nc });
  session.nc = Math.max(session.nc, nc);
  return changed === 1;
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
