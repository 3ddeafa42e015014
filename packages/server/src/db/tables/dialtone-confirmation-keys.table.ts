import type { Generated } from 'kysely';
import type { DbDate } from '../column-types.ts';

/** Keys that XML-RPC clients send back; at most one of each purpose for an account. */
export interface DialtoneConfirmationKeysTable {
  id: Generated<number>;
  account_id: number;
  /** `activation`, `recovery` or `link`. */
  purpose: string;
  confirmation_key: string;
  /** Number that the key was sent to; null when it went to the e-mail address of the account. */
  phone: string | null;
  tries: Generated<number>;
  created_at: DbDate;
  expires_at: DbDate | null;
}
