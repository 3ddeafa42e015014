import { listSpaces } from '@dialtone/server';
import { Command } from 'commander';
import { type DatabaseOptions, withDatabaseOptions } from '../../database-options.ts';
import { printRows } from '../../output/print.ts';
import { withPlatform } from '../../with-platform.ts';

export function listSpacesCommand(): Command {
  return withDatabaseOptions(new Command('list'))
    .description('List the spaces')
    .option('--json', 'print JSON')
    .action((options: DatabaseOptions & { readonly json?: boolean }) =>
      withPlatform(options, async (platform) => {
        const spaces = await listSpaces(platform);
        printRows(
          spaces.map(({ domain, host, name, switches }) => ({
            domain,
            host,
            name,
            super: switches.super,
          })),
          options.json ?? false,
          'There is no space yet: dialtone space create DOMAIN',
        );
      }),
    );
}
