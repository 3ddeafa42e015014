import type { DbDate } from '../column-types.ts';

/** Direct contacts: `contact_id` is visible to `account_id`. */
export interface ContactsTable {
  /** Owner. */
  account_id: number;
  /** The contact. */
  contact_id: number;
  created_at: DbDate | null;
  updated_at: DbDate | null;
}
