import type { DbDate } from '../column-types.ts';

/** The account is a member of the list. */
export interface ContactsListContactTable {
  /** The member account. */
  contact_id: number;
  /** The list. */
  contacts_list_id: number;
  created_at: DbDate | null;
  updated_at: DbDate | null;
}
