import type { Generated } from 'kysely';
import type { DbDate, Flag } from '../column-types.ts';

/** The SIP users. Table shared with Flexisip. */
export interface AccountsTable {
  id: Generated<number>;
  /** SIP user part, lower case. Read by Flexisip (SIP proxy, presence, B2BUA). */
  username: string;
  /** SIP domain, must exist in `spaces`. Read by Flexisip (SIP proxy, presence, B2BUA). */
  domain: string;
  /** Unique per space only when `spaces.unique_email` is on (application rule, plain index). */
  email: string | null;
  /** Confirmed account; only activated accounts get SIP service. Read by Flexisip (SIP proxy, presence). */
  activated: Generated<Flag>;
  /** Address that created the account. */
  ip_address: string;
  /** Software that created or last edited the account. */
  user_agent: string;
  created_at: DbDate;
  /** Unused leftover of old versions. */
  expire_time: DbDate | null;
  /** Display name. */
  display_name: string | null;
  /** NULL, `sipinfo`, `rfc2833` or `sipmessage`. */
  dtmf_protocol: string | null;
  updated_at: DbDate | null;
  /** Refused by the user API and the panel; not looked at by Flexisip. */
  blocked: Generated<Flag>;
  /** Administrator of its space. */
  admin: Generated<Flag>;
  /** International phone number; unique per domain by application rule, no key. Read by Flexisip (presence). */
  phone: string | null;
}
