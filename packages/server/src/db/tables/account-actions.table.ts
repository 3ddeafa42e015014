import type { Generated } from 'kysely';
import type { DbDate } from '../column-types.ts';

/** DTMF actions of intercom-like accounts. Rows of accounts whose `dtmf_protocol` is NULL are kept but invisible. */
export interface AccountActionsTable {
  id: Generated<number>;
  /** Owner. */
  account_id: number;
  /** Lower case identifier. */
  key: string;
  /** Lower case alphanumeric DTMF code. */
  code: string;
  created_at: DbDate | null;
  updated_at: DbDate | null;
}
