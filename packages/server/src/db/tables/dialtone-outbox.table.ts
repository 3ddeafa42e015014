import type { Generated } from 'kysely';
import type { DbDate } from '../column-types.ts';

/** Mails, text messages and pushes to send: written in the transaction of the change that causes them. */
export interface DialtoneOutboxTable {
  id: Generated<number>;
  /** `email`, `sms` or `push`. */
  kind: string;
  /** Address, number or push resource. */
  recipient: string;
  /** Space whose mail server sends; NULL = the global one. */
  space_id: number | null;
  /** The rest of the message as JSON (messaging/message.ts). */
  payload: string;
  /** `pending`, `sending`, `sent`, `dead` or `expired`. */
  state: Generated<string>;
  /** Attempts begun. */
  attempts: Generated<number>;
  /** Not before this date. */
  next_attempt_at: DbDate;
  /** Useless after this date (a code that has run out); NULL = never. */
  expires_at: DbDate | null;
  /** Which worker is sending; NULL when none. */
  claimed_by: string | null;
  /** End of that worker's claim: afterwards it is presumed dead. */
  claimed_until: DbDate | null;
  /** Why the last attempt failed. */
  last_error: string | null;
  sent_at: DbDate | null;
  created_at: DbDate;
  updated_at: DbDate;
}
