import type { Generated } from 'kysely';
import type { DbDate } from '../column-types.ts';

/** Global list (not per space) of type keys. */
export interface AccountTypesTable {
  id: Generated<number>;
  /** Lower case identifier. */
  key: string;
  created_at: DbDate | null;
  updated_at: DbDate | null;
}
