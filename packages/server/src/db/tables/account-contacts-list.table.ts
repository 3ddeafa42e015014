import type { DbDate } from '../column-types.ts';

/** The list is shown to the account. */
export interface AccountContactsListTable {
  /** Owner. */
  account_id: number;
  /** The list. */
  contacts_list_id: number;
  created_at: DbDate | null;
  updated_at: DbDate | null;
}
