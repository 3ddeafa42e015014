import type { DbDate, Flag } from '../column-types.ts';

/** One-time deep links. No auto-increment id, the token is the key. */
export interface WizardsTable {
  /** 8 random letters and digits. */
  token: string;
  /** Admin that created the link (or the account itself for provisioning mails). */
  account_id: number;
  /** Account to provision. */
  provisioning_account_id: number | null;
  /** SIP URI to reach. */
  sip: string | null;
  /** `call`, `show`, `bye`, `accept`, `decline`. */
  linphone_action: string | null;
  /** Force SIPS. */
  linphone_use_sips: Flag | null;
  /** First visit; the link is spent. */
  used_at: DbDate | null;
  created_at: DbDate | null;
  updated_at: DbDate | null;
}
