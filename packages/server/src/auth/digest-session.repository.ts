import type { Db } from '../db/database.ts';
import { toDbDate } from '../db/dates.ts';
import { relaxedWrite } from '../db/relaxed-write.ts';

/** What a 401 remembers about its challenge. */
export interface NewDigestSession {
  readonly accountId: number;
  readonly ip: string;
  readonly nonce: string;
  readonly opaque: string;
  readonly now: number;
}

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
  await relaxedWrite(db, (trx) => trx.insertInto('opaques').values(row).execute());
}

/** The session that `opaque` names, if it is of this account and address. */
export async function selectDigestSession(
  db: Db,
  key: { readonly opaque: string; readonly accountId: number; readonly ip: string },
) {
  return db
    .selectFrom('opaques')
    .select(['id', 'nonce', 'nc', 'created_at as createdAt'])
    .where('opaque', '=', key.opaque)
    .where('account_id', '=', key.accountId)
    .where('ip', '=', key.ip)
    .executeTakeFirst();
}

/** Raises the nonce count; false when it, or a higher one, was used before. */
export async function raiseNonceCount(db: Db, sessionId: number, nc: number): Promise<boolean> {
  const result = await relaxedWrite(db, (trx) =>
    trx
      .updateTable('opaques')
      .set({ nc })
      .where('id', '=', sessionId)
      .where('nc', '<', nc)
      .executeTakeFirst(),
  );
  return result.numUpdatedRows === 1n;
}

/** Forgets the challenges given before `date`. */
export async function deleteDigestSessionsBefore(db: Db, ms: number): Promise<void> {
  await db.deleteFrom('opaques').where('created_at', '<', toDbDate(ms)).execute();
}

/** The stored HA1 hashes of an account in the order in which they were made, and its realm. */
export async function selectDigestSecrets(db: Db, accountId: number) {
  return db
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
    .orderBy('digest.id')
    .execute();
}
