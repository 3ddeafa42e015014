import type { Generated } from 'kysely';
import type { DbDate } from '../column-types.ts';

/** Per account credentials for a CardDAV server of its space. No primary key. */
export interface AccountCarddavCredentialsTable {
  /** CardDAV user name. */
  username: string;
  /** HA1 = H(username:realm:password). */
  password: string;
  /** HTTP realm of the CardDAV server. */
  realm: string;
  /** `MD5` or `SHA-256`. */
  algorithm: Generated<string>;
  /** The server. */
  space_carddav_server_id: number;
  /** Owner. */
  account_id: number;
  created_at: DbDate | null;
  updated_at: DbDate | null;
}
