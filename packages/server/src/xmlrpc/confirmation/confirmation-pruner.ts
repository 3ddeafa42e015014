import { periodicWorker } from '../../periodic-worker.ts';
import type { Platform } from '../../platform.ts';
import type { Worker } from '../../worker.ts';
import { deleteKeysExpiredBefore } from './confirmation-key.repository.ts';
import { deleteSmsPeriodsBefore } from './sms-quota.ts';

const intervalMs = 3_600_000;
/** A key that has ended still tells which account waits for a phone whose SMS was lost. */
const keptMs = 30 * 86_400_000;

/** Deletes keys nobody will ask for any more, and SMS counts of periods that are over. */
export function confirmationPruner(
  platform: Pick<Platform, 'db' | 'clock' | 'config' | 'log'>,
): Worker {
  const { db, clock, config } = platform;
  return periodicWorker(platform, 'confirmation pruner', intervalMs, async () => {
    await deleteKeysExpiredBefore(db, clock.now() - keptMs);
    await deleteSmsPeriodsBefore(db, clock.now() - config.xmlrpc.smsPeriodMs);
  });
}
