import type { DbDate } from '../column-types.ts';

/** SMS with codes sent to a phone, counted in fixed periods. */
export interface DialtoneSmsQuotasTable {
  phone: string;
  period_started_at: DbDate;
  sent: number;
}
