import type { Generated } from 'kysely';
import type { DbDate } from '../column-types.ts';

/** vCards stored by the users (private address book). */
export interface VcardsStorageTable {
  id: Generated<number>;
  /** Value of the vCard UID property (45 characters at most). */
  uuid: string;
  /** Normalised vCard text, LF line ends. */
  vcard: string;
  /** Owner. */
  account_id: number;
  created_at: DbDate | null;
  updated_at: DbDate | null;
}
