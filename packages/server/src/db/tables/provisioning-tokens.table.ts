import type { Generated } from 'kysely';
import type { DbDate, Flag } from '../column-types.ts';

/** One-time remote-provisioning secrets. The current one is the newest row of the account (highest `id`), and only if it has `used = 0`: when the newest row is used there is no current token, older unused rows never count again. */
export interface ProvisioningTokensTable {
  id: Generated<number>;
  /** Owner. */
  account_id: number;
  /** 13 characters. */
  token: string | null;
  /** Consumed. */
  used: Generated<Flag>;
  created_at: DbDate | null;
  updated_at: DbDate | null;
  /** Client IP address of the request that created the row. */
  ip: string | null;
  /** HTTP User-Agent of that request. */
  user_agent: string | null;
}
