import type { Generated } from 'kysely';
import type { DbDate } from '../column-types.ts';

/** Short-lived login tokens (valid 5 minutes after creation, deleted on use): QR-code login and device hand-over. */
export interface AuthTokensTable {
  id: Generated<number>;
  /** NULL until an authenticated user attaches the token. */
  account_id: number | null;
  /** 32 characters. */
  token: string;
  created_at: DbDate | null;
  updated_at: DbDate | null;
  /** Client IP address of the request that created the row; NULL for tokens made from the signed-in panel. */
  ip: string | null;
  /** HTTP User-Agent of that request, same exception. */
  user_agent: string | null;
}
