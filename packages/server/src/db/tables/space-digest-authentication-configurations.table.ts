import type { Generated } from 'kysely';
import type { DbDate } from '../column-types.ts';

/** Presence of a row = digest authentication (SIP passwords) is enabled for the space. At most one row per space is used (the relation takes one), but the database does not enforce it. */
export interface SpaceDigestAuthenticationConfigurationsTable {
  id: Generated<number>;
  /** Digest realm; frozen once the space has accounts. */
  realm: string;
  /** `MD5` or `SHA-256`; used for new passwords only. */
  default_password_algorithm: Generated<string>;
  /** Owner. */
  space_id: number;
  created_at: DbDate | null;
  updated_at: DbDate | null;
}
