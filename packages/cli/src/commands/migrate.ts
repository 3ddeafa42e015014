import {
  loadEnvironment,
  migrate,
  reachDatabase,
  readConfig,
  schemaStatus,
} from '@dialtone/server';
import { Command } from 'commander';
import {
  type DatabaseOptions,
  environmentOverrides,
  withDatabaseOptions,
} from '../database-options.ts';
import { print } from '../output/print.ts';

interface Options extends DatabaseOptions {
  readonly status?: boolean;
  readonly json?: boolean;
}

export function migrateCommand(): Command {
  return withDatabaseOptions(new Command('migrate'))
    .description('Create or complete the schema; a FAM 2.1 database is taken over as it is')
    .option('--status', 'only tell what is missing')
    .option('--json', 'print JSON')
    .action(async (options: Options) => {
      const config = readConfig({ ...loadEnvironment(), ...environmentOverrides(options) });
      const open = await reachDatabase(config.data.databaseUrl);
      try {
        if (options.status === true) {
          const status = await schemaStatus(open);
          print(status, options.json ?? false, () =>
            status.upToDate ? 'The schema is up to date.' : `Missing: ${status.pending.join(', ')}`,
          );
          return;
        }
        const report = await migrate(open);
        print(report, options.json ?? false, () =>
          report.applied.length === 0
            ? 'The schema is up to date.'
            : `Applied ${report.applied.join(', ')}${report.adopted ? ' to the FAM database found' : ''}.`,
        );
      } finally {
        await open.close();
      }
    });
}
