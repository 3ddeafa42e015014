import type { Generated } from 'kysely';
import type { DbDate } from '../column-types.ts';

/** Delivery status per recipient device. */
export interface StatisticsMessageDevicesTable {
  id: Generated<number>;
  /** The message. */
  message_id: string;
  /** Recipient or callee, user part. */
  to_username: string;
  /** Recipient or callee, domain. */
  to_domain: string;
  /** Flexisip device key, usually the quoted `+sip.instance`. */
  device_id: string;
  /** SIP status code. */
  last_status: number;
  /** Date of the answer of the device. */
  received_at: DbDate;
  created_at: DbDate | null;
  updated_at: DbDate | null;
}
