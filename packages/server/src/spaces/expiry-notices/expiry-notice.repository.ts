import type { Db } from '../../db/database.ts';
import { fromDbDate, toDbDate } from '../../db/dates.ts';

/** A mail in the outbox. */
interface QueuedMail {
  readonly recipient: string;
  /** Milliseconds since the Unix epoch. */
  readonly createdAt: number;
}

/** Mails of a space, sent or not, that were worth sending until exactly `expiresAt` (ms). */
export async function selectMailsThatEnd(
  db: Db,
  spaceId: number,
  expiresAt: number,
): Promise<QueuedMail[]> {
  const rows = await db
    .selectFrom('dialtone_outbox')
    .select(['recipient', 'created_at'])
    .where('space_id', '=', spaceId)
    .where('kind', '=', 'email')
    .where('expires_at', '=', toDbDate(expiresAt))
    .execute();
  return rows.map((row) => ({ recipient: row.recipient, createdAt: fromDbDate(row.created_at) }));
}

/** Addresses of the administrators of a SIP domain, those that have one. */
export async function selectAdministratorEmails(db: Db, domain: string): Promise<string[]> {
  const rows = await db
    .selectFrom('accounts')
    .select('email')
    .where('domain', '=', domain)
    .where('admin', '=', 1)
    .where('email', 'is not', null)
    .orderBy('id')
    .execute();
  return rows.flatMap(({ email }) => email ?? []);
}
