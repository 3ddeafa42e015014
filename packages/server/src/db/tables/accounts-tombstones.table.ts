import type { Generated } from 'kysely';
import type { DbDate } from '../column-types.ts';

/** Identities of deleted accounts; they block re-creation of the same address until cleaned. */
export interface AccountsTombstonesTable {
  id: Generated<number>;
  /** User part of the deleted account. */
  username: string;
  /** Its domain. */
  domain: string;
  created_at: DbDate | null;
  updated_at: DbDate | null;
}
