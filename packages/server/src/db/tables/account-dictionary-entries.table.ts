import type { Generated } from 'kysely';
import type { DbDate } from '../column-types.ts';

/** Free key/value pairs per account. */
export interface AccountDictionaryEntriesTable {
  id: Generated<number>;
  /** Key. */
  key: string;
  /** Value, text. */
  value: string;
  /** Owner. */
  account_id: number;
  created_at: DbDate | null;
  updated_at: DbDate | null;
}
