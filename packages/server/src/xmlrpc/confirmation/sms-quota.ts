import type { Db } from '../../db/database.ts';
import { toDbDate } from '../../db/dates.ts';
import { isUniqueViolation } from '../../db/sql-errors.ts';
import { transaction } from '../../db/transaction.ts';
import type { Platform } from '../../platform.ts';

/**
 * Takes one of the SMS that a phone gets in a fixed period, whoever asks for them; false when there
 * is none left. In a transaction, it is given back when that rolls back.
 */
export async function takeSms(
  { db, clock, config }: Pick<Platform, 'db' | 'clock' | 'config'>,
  phone: string,
): Promise<boolean> {
  const { smsPerPeriod, smsPeriodMs } = config.xmlrpc;
  if (smsPerPeriod <= 0) return false;
  const now = clock.now();
  const periodStart = toDbDate(now - smsPeriodMs);
  if (await countSms(db, phone, periodStart, smsPerPeriod)) return true;
  if (await beginPeriod(db, phone, periodStart, toDbDate(now))) return true;
  try {
    const first = { phone, period_started_at: toDbDate(now), sent: 1 };
    await transaction(db, (trx) => trx.insertInto('dialtone_sms_quotas').values(first).execute());
    return true;
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    // Its period goes on: all is used, or somebody else has just begun it.
    return countSms(db, phone, periodStart, smsPerPeriod);
  }
}

export async function deleteSmsPeriodsBefore(db: Db, ms: number): Promise<void> {
  await db
    .deleteFrom('dialtone_sms_quotas')
    .where('period_started_at', '<', toDbDate(ms))
    .execute();
}

async function countSms(
  db: Db,
  phone: string,
  periodStart: string,
  limit: number,
): Promise<boolean> {
  const result = await db
    .updateTable('dialtone_sms_quotas')
    .set((set) => ({ sent: set('sent', '+', 1) }))
    .where('phone', '=', phone)
    .where('period_started_at', '>', periodStart)
    .where('sent', '<', limit)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

async function beginPeriod(
  db: Db,
  phone: string,
  periodStart: string,
  now: string,
): Promise<boolean> {
  const result = await db
    .updateTable('dialtone_sms_quotas')
    .set({ period_started_at: now, sent: 1 })
    .where('phone', '=', phone)
    .where('period_started_at', '<=', periodStart)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}
