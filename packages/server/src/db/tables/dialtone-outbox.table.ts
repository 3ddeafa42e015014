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
  /** Attempts begun; also the version by which workers take a message from one another. */
  attempts: Generated<number>;
  /** Not before this date; while `sending`, the date after which that worker is presumed dead. */
  next_attempt_at: DbDate;
  /** Useless after this date (a code that has run out); NULL = never. */
  expires_at: DbDate | null;
  /** Why the last attempt failed. */
  last_error: string | null;
  sent_at: DbDate | null;
  created_at: DbDate;
  updated_at: DbDate;
}
