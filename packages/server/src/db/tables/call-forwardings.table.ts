import type { Generated } from 'kysely';
import type { DbDate, Flag } from '../column-types.ts';

/** At most one row per account and type. */
export interface CallForwardingsTable {
  id: Generated<number>;
  /** Owner. */
  account_id: number | null;
  /** `always`, `no_answer`, `busy`. */
  type: string;
  /** `sip_uri`, `contact`, `voicemail`. */
  forward_to: string;
  /** Target when `sip_uri`. */
  sip_uri: string | null;
  /** Active. */
  enabled: Generated<Flag>;
  /** Target account when `contact`. */
  contact_id: number | null;
  created_at: DbDate | null;
  updated_at: DbDate | null;
}
