import type { AccountsPlatform } from '../accounts/account-hooks.ts';
import type { Config } from '../config/env.ts';

/** What maintenance works on. */
export type MaintenancePlatform = AccountsPlatform;

/** Removes what is too old to be of use. Any number of nodes may run a job at the same time. */
export interface MaintenanceJob {
  /** As it is called on the command line. */
  readonly name: string;
  readonly summary: string;
  /** Of its age. */
  readonly unit: 'minutes' | 'days';
  /** Age at which things go when nobody says another one; 0 = never. */
  readonly defaultAge: (config: Config) => number;
  /** How often the server runs it by itself. */
  readonly everyMinutes: number;
  /** How much is older than `before` (milliseconds since the epoch). */
  readonly count: (platform: MaintenancePlatform, before: number) => Promise<number>;
  /** Removes at most `limit` of it; returns how much, 0 when nothing is left. */
  readonly clear: (platform: MaintenancePlatform, before: number, limit: number) => Promise<number>;
}

/** What a run has done, or would do. */
export interface JobReport {
  readonly job: string;
  readonly found: number;
  readonly removed: number;
}

interface RunOptions {
  /** In the unit of the job; 0 = nothing is too old. */
  readonly age: number;
  /** Without it, things are only counted. */
  readonly apply: boolean;
  readonly onProgress?: (removed: number, found: number) => void;
}

const unitMs = { minutes: 60_000, days: 86_400_000 } as const;

/** Short transactions: requests go on meanwhile. */
const batchSize = 500;

export async function runJob(
  platform: MaintenancePlatform,
  job: MaintenanceJob,
  { age, apply, onProgress }: RunOptions,
): Promise<JobReport> {
  if (age <= 0) return { job: job.name, found: 0, removed: 0 };
  const before = platform.clock.now() - age * unitMs[job.unit];
  const found = await job.count(platform, before);
  if (!apply) return { job: job.name, found, removed: 0 };
  let removed = 0;
  for (;;) {
    const batch = await job.clear(platform, before, batchSize);
    if (batch === 0) return { job: job.name, found, removed };
    removed += batch;
    onProgress?.(removed, found);
  }
}
