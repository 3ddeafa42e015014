import type { Generated } from 'kysely';
import type { DbDate } from '../column-types.ts';

/** State of the call on each device of the callee. */
export interface StatisticsCallDevicesTable {
  id: Generated<number>;
  /** The call. */
  call_id: string;
  /** Flexisip device key, usually the quoted `+sip.instance`. */
  device_id: string;
  /** Ringing date. */
  rang_at: DbDate | null;
  /** End of the invitation on that device. */
  invite_terminated_at: DbDate | null;
  /** `accepted`, `accepted_elsewhere`, `canceled`, `declined`, `declined_elsewhere`, `error`. */
  invite_terminated_state: string | null;
  created_at: DbDate | null;
  updated_at: DbDate | null;
}
