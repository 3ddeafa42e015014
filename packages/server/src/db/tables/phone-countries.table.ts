import type { Generated } from 'kysely';
import type { DbDate, Flag } from '../column-types.ts';

/** Filled at installation with one row per ISO 3166 country known to libphonenumber (242 rows), all deactivated. Activation acts on every row with the same calling code. */
export interface PhoneCountriesTable {
  /** ISO 3166-1 alpha-2. */
  code: string;
  /** International calling code without `+`. */
  country_code: string;
  /** Numbers of that country are accepted. */
  activated: Generated<Flag>;
  created_at: DbDate | null;
  updated_at: DbDate | null;
}
