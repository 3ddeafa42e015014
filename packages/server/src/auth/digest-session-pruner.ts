import type { TimerHandle } from '@dialtone/sip';
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
  const { db, clock, config, log } = platform;
  const life = (config.expiry.nonceMinutes || defaultMinutes) * 60_000;
  let timer: TimerHandle | undefined;
  let running: Promise<void> = Promise.resolve();

  const prune = async (): Promise<void> => {
    try {
      await deleteDigestSessionsBefore(db, clock.now() - life);
    } catch (error) {
      log.error({ err: error }, 'digest sessions could not be pruned');
    }
  };
  const schedule = (): void => {
    timer = clock.setTimeout(() => {
      running = prune();
      schedule();
    }, intervalMs);
  };
  return {
    name: 'digest session pruner',
    start: schedule,
    stop: async () => {
      clock.clearTimeout(timer);
      await running;
    },
  };
}
