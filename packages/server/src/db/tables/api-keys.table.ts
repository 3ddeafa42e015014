import type { Generated } from 'kysely';
import type { DbDate } from '../column-types.ts';

/** Two kinds of keys in one table: *user keys* (`expires_after_last_used_minutes` NULL, at most one per account, replaced on regeneration) and *admin keys* (`expires_after_last_used_minutes` not NULL, several per account, named). */
export interface ApiKeysTable {
  id: Generated<number>;
  /** Owner. */
  account_id: number;
  /** Secret, 40 characters. */
  key: string;
  created_at: DbDate | null;
  updated_at: DbDate | null;
  /** Updated at each request. */
  last_used_at: DbDate;
  /** NULL = any address; user keys are bound to the address that generated them. */
  ip: string | null;
  /** Counter. */
  requests: Generated<number>;
  /** Admin keys only. */
  name: string | null;
  /** NULL = user key; 0 = admin key that never expires; n = admin key that expires n minutes after its last use. */
  expires_after_last_used_minutes: number | null;
}
