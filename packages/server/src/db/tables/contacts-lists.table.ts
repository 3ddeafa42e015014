import type { Generated } from 'kysely';
import type { DbDate } from '../column-types.ts';

/** Named groups of contacts, one space each; the title is unique across **all** spaces. */
export interface ContactsListsTable {
  id: Generated<number>;
  /** Unique over the whole instance. */
  title: string;
  /** Free text (required by the API, optional in the panel). */
  description: string | null;
  created_at: DbDate | null;
  updated_at: DbDate | null;
  /** Owner. */
  space_id: number;
}
