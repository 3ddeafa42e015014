import { type JobReport, maintenanceJobs, runJob } from '@dialtone/server';
import { Command } from 'commander';
import { type DatabaseOptions, withDatabaseOptions } from '../../database-options.ts';
import { print } from '../../output/print.ts';
import { progressBar } from '../../output/progress-bar.ts';
import { withPlatform } from '../../with-platform.ts';
import { type Circumstances, describeReport } from './report.ts';

interface Options extends DatabaseOptions {
  readonly apply?: boolean;
  readonly json?: boolean;
}

/** Every job with its configured age: what the server does by itself, for a cron table. */
export function runAllCommand(): Command {
  return withDatabaseOptions(new Command('all'))
    .description('Run every job with the configured ages')
    .option('--apply', 'remove what is too old; otherwise it is only counted')
    .option('--json', 'print JSON')
    .action(async (options: Options) => {
      const applied = options.apply ?? false;
      await withPlatform(options, async (platform) => {
        const bar = progressBar('Maintenance', maintenanceJobs.length);
        const reports: (JobReport & Circumstances)[] = [];
        for (const job of maintenanceJobs) {
          const age = job.defaultAge(platform.config);
          const report = await runJob(platform, job, { age, apply: applied });
          reports.push({ ...report, age, unit: job.unit, applied });
          bar.advance();
        }
        bar.end();
        print(reports, options.json ?? false, () =>
          reports.map((report) => describeReport(report, report)).join('\n'),
        );
      });
    });
}
