import type { Generated } from 'kysely';
import type { DbDate } from '../column-types.ts';

/** Optional SMTP server of the space; replaces the global one for mails sent while serving HTTP requests of that space. */
export interface SpaceEmailServersTable {
  id: Generated<number>;
  /** SMTP host name. */
  host: string;
  /** TCP port. */
  port: number;
  /** SMTP user. */
  username: string | null;
  /** Stored and returned in clear. */
  password: string | null;
  /** Sender address. */
  from_address: string | null;
  /** Sender name. */
  from_name: string | null;
  /** Replaces the global mail signature when set. */
  signature: string | null;
  /** Owner. */
  space_id: number;
  created_at: DbDate | null;
  updated_at: DbDate | null;
}
