import { countMessages } from '@dialtone/server';
import { Command } from 'commander';
import { type DatabaseOptions, withDatabaseOptions } from '../../database-options.ts';
import { print } from '../../output/print.ts';
import { table } from '../../output/table.ts';
import { withPlatform } from '../../with-platform.ts';

export function countOutboxCommand(): Command {
  return withDatabaseOptions(new Command('count'))
    .description('Count the messages by state')
    .option('--json', 'print JSON')
    .action((options: DatabaseOptions & { readonly json?: boolean }) =>
      withPlatform(options, async ({ db }) => {
        const counts = await countMessages(db);
        print(counts, options.json ?? false, () => table([counts]));
      }),
    );
}
