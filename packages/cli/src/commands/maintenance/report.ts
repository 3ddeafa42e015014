import type { JobReport, MaintenanceJob } from '@dialtone/server';

/** How a job was run. */
export interface Circumstances {
  readonly age: number;
  readonly unit: MaintenanceJob['unit'];
  readonly applied: boolean;
}

/** What a job has done, for a person. */
export function describeReport(
  { job, found, removed }: JobReport,
  { age, unit, applied }: Circumstances,
): string {
  if (age === 0) return `${job}: nothing is ever too old (give an age in ${unit} to choose one).`;
  if (applied) return `${job}: removed ${removed}, older than ${age} ${unit}.`;
  const hint = found > 0 ? ' Remove them with --apply.' : '';
  return `${job}: found ${found}, older than ${age} ${unit}.${hint}`;
}
