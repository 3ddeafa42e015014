import type { TimerHandle } from '@dialtone/sip';
import type { Platform } from './platform.ts';
import type { Worker } from './worker.ts';

/** A worker that does `work` once every `intervalMs`; what fails is logged and tried again next time. */
export function periodicWorker(
  { clock, log }: Pick<Platform, 'clock' | 'log'>,
  name: string,
  intervalMs: number,
  work: () => Promise<void>,
): Worker {
  let timer: TimerHandle | undefined;
  let running: Promise<void> = Promise.resolve();

  const run = async (): Promise<void> => {
    try {
      await work();
    } catch (error) {
      log.error({ err: error, worker: name }, 'background work failed');
    }
  };
  const schedule = (): void => {
    timer = clock.setTimeout(() => {
      running = run();
      schedule();
    }, intervalMs);
  };
  return {
    name,
    start: schedule,
    stop: async () => {
      clock.clearTimeout(timer);
      await running;
    },
  };
}
