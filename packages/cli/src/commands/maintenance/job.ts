import { type MaintenanceJob, type Platform, runJob, unconfirmedAccounts } from '@dialtone/server';
import { Command } from 'commander';
import { type DatabaseOptions, withDatabaseOptions } from '../../database-options.ts';
import { print } from '../../output/print.ts';
import { progressBar } from '../../output/progress-bar.ts';
import { UsageError } from '../../output/usage-error.ts';
import { withPlatform } from '../../with-platform.ts';
import { describeReport } from './report.ts';

interface Options extends DatabaseOptions {
  readonly apply?: boolean;
  readonly andConfirmed?: boolean;
  readonly json?: boolean;
}

/** The command of one job: `dialtone maintenance clear-tombstones 7 --apply`. */
export function jobCommand(job: MaintenanceJob): Command {
  const command = withDatabaseOptions(new Command(job.name))
    .description(`Remove ${job.summary}`)
    .argument(`[${job.unit}]`, 'age from which they go (default: as configured; 0 = never)')
    .option('--apply', 'remove them; otherwise they are only counted')
    .option('--json', 'print JSON');
  const perhapsAll = job.name === 'clear-unconfirmed';
  if (perhapsAll) command.option('--and-confirmed', 'activated accounts too');
  return command.action(async (age: string | undefined, options: Options) => {
    const all = perhapsAll && options.andConfirmed === true;
    const chosen = all ? unconfirmedAccounts({ andConfirmed: true }) : job;
    if (all && age === undefined)
      throw new UsageError(`Say how many ${job.unit} old they must be.`);
    const given = age === undefined ? undefined : readAge(age, job.unit);
    await withPlatform(options, (platform) => run(platform, chosen, given, options));
  });
}

async function run(
  platform: Platform,
  job: MaintenanceJob,
  given: number | undefined,
  { apply = false, json = false }: Options,
): Promise<void> {
  const age = given ?? job.defaultAge(platform.config);
  let bar: ReturnType<typeof progressBar> | undefined;
  let shown = 0;
  const report = await runJob(platform, job, {
    age,
    apply,
    onProgress: (removed, found) => {
      bar ??= progressBar(job.name, found);
      for (; shown < removed; shown++) bar.advance();
    },
  });
  bar?.end();
  print({ ...report, age, unit: job.unit, applied: apply }, json, () =>
    describeReport(report, { age, unit: job.unit, applied: apply }),
  );
}

function readAge(text: string, unit: MaintenanceJob['unit']): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError(`"${text}" is no number of ${unit}.`);
}
