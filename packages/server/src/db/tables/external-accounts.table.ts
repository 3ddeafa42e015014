import type { Generated } from 'kysely';
import type { DbDate } from '../column-types.ts';

/** SIP account at a third party provider, used by the Flexisip B2BUA. One per account by application rule (not enforced by a key on `account_id`). */
export interface ExternalAccountsTable {
  /** Identifier published on Redis. Read by Flexisip (B2BUA). */
  id: Generated<number>;
  /** User part at the provider. Read by Flexisip (B2BUA). */
  username: string;
  /** Host name or IP address. Read by Flexisip (B2BUA). */
  domain: string;
  /** HA1 over realm (or domain). Read by Flexisip (B2BUA). */
  password: string;
  /** Always `MD5`. Read by Flexisip (B2BUA). */
  algorithm: Generated<string>;
  /** Digest realm at the provider, NULL = domain. Read by Flexisip (B2BUA). */
  realm: string | null;
  /** Registrar at the provider. Read by Flexisip (B2BUA). */
  registrar: string | null;
  /** Outbound proxy at the provider. Read by Flexisip (B2BUA). */
  outbound_proxy: string | null;
  /** `UDP`, `TCP`, `TLS`. Read by Flexisip (B2BUA). */
  protocol: Generated<string>;
  /** Local account (alias). Read by Flexisip (B2BUA). */
  account_id: number;
  created_at: DbDate | null;
  updated_at: DbDate | null;
}
