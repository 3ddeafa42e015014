import { periodicWorker } from '../periodic-worker.ts';
import type { Worker } from '../worker.ts';
import { type MaintenanceJob, type MaintenancePlatform, runJob } from './job.ts';
import { maintenanceJobs } from './jobs.ts';

const intervalMs = 600_000;

/**
 * Runs each job when its time has come, the first time soon after the start. Every node does so: a job
 * only removes what is too old, in short transactions, and what one node has removed no other finds.
 */
export function maintenanceWorker(
  platform: MaintenancePlatform,
  jobs: readonly MaintenanceJob[] = maintenanceJobs,
): Worker {
  const { clock, config, log } = platform;
  const dueAt = new Map<string, number>();
  let busy = false;

  const runDue = async (): Promise<void> => {
    for (const job of jobs) {
      const now = clock.now();
      if (now < (dueAt.get(job.name) ?? 0)) continue;
      dueAt.set(job.name, now + job.everyMinutes * 60_000);
      try {
        const report = await runJob(platform, job, { age: job.defaultAge(config), apply: true });
        if (report.removed > 0) log.info(report, 'maintenance');
      } catch (error) {
        log.error({ err: error, job: job.name }, 'maintenance failed');
      }
    }
  };
  return periodicWorker(platform, 'maintenance', intervalMs, async () => {
    if (busy) return;
    busy = true;
    await runDue().finally(() => (busy = false));
  });
}
