import { periodicWorker } from '../periodic-worker.ts';
import type { Platform } from '../platform.ts';
import type { Worker } from '../worker.ts';
import { deleteDigestSessionsBefore } from './digest-session.repository.ts';

const intervalMs = 600_000;
/** Sessions are kept this long when the settings give them no end. */
const defaultMinutes = 60;

/** Deletes HTTP digest sessions that are past their time, which FAM left to a cron job. */
export function digestSessionPruner(
  platform: Pick<Platform, 'db' | 'clock' | 'config' | 'log'>,
): Worker {
  const { db, clock, config } = platform;
  const life = (config.expiry.nonceMinutes || defaultMinutes) * 60_000;
  return periodicWorker(platform, 'digest session pruner', intervalMs, () =>
    deleteDigestSessionsBefore(db, clock.now() - life),
  );
}
