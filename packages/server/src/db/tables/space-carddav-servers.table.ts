import type { Generated } from 'kysely';
import type { DbDate, Flag } from '../column-types.ts';

/** CardDAV directories announced in remote provisioning. */
export interface SpaceCarddavServersTable {
  id: Generated<number>;
  /** Owner. */
  space_id: number;
  /** Announced value (the section is sent even when off). */
  enabled: Generated<Flag>;
  /** Http(s) URL. */
  uri: string;
  /** Minimum characters before searching. */
  min_characters: Generated<number>;
  /** 0 = unlimited. */
  results_limit: Generated<number>;
  /** Seconds. */
  timeout: Generated<number>;
  /** Milliseconds. */
  delay: Generated<number>;
  /** Comma separated vCard fields. */
  fields_for_user_input: string | null;
  /** Comma separated vCard fields. */
  fields_for_domain: string | null;
  /** Exact or approximate match. */
  use_exact_match_policy: Generated<Flag>;
  created_at: DbDate | null;
  updated_at: DbDate | null;
}
