import type { DbDate } from '../column-types.ts';

/** Types attached to accounts. */
export interface AccountAccountTypeTable {
  /** Owner. */
  account_id: number;
  /** The type. */
  account_type_id: number;
  created_at: DbDate | null;
  updated_at: DbDate | null;
}
