import type { Selectable } from 'kysely';
import type { Database, Db } from '../db/database.ts';
import { toDbDate } from '../db/dates.ts';
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

interface SessionRow {
  readonly id: number;
  readonly nonce: string;
  readonly nc: number;
  readonly createdAt: string | null;
}

/** What identifies a session. */
interface SessionKey {
  readonly opaque: string;
  readonly accountId: number;
  readonly ip: string;
}

const sessions = prepare<SessionKey, SessionRow>((db, { opaque, accountId, ip }) =>
  db
    .selectFrom('opaques')
    .select(['id', 'nonce', 'nc', 'created_at as createdAt'])
    .where('opaque', '=', opaque)
    .where('account_id', '=', accountId)
    .where('ip', '=', ip),
);

/** The session that `opaque` names, if it is of this account and address. */
export async function selectDigestSession(
  db: Db,
  key: SessionKey,
): Promise<SessionRow | undefined> {
  const [row] = await sessions(db, key);
  return row;
}

const setNonceCount = prepareWrite<{ readonly id: number; readonly nc: number }>((db, { id, nc }) =>
  db.updateTable('opaques').set({ nc }).where('id', '=', id).where('nc', '<', nc),
);

/** Raises the nonce count; false when it, or a higher one, was used before. */
export async function raiseNonceCount(db: Db, sessionId: number, nc: number): Promise<boolean> {
  const { changed } = await relaxedWrite(db, (trx) => setNonceCount(trx, { id: sessionId, nc }));
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
