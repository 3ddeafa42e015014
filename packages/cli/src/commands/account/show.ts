import { Command } from 'commander';
import { type DatabaseOptions, withDatabaseOptions } from '../../database-options.ts';
import { findAccount } from '../../find-account.ts';
import { print } from '../../output/print.ts';
import { withPlatform } from '../../with-platform.ts';
import { shownAccount } from './shown-account.ts';

export function showAccountCommand(): Command {
  return withDatabaseOptions(new Command('show'))
    .description('Show an account')
    .argument('<user@domain>')
    .option('--json', 'print JSON')
    .action((address: string, options: DatabaseOptions & { readonly json?: boolean }) =>
      withPlatform(options, async (platform) => {
        const account = shownAccount(await findAccount(platform, address));
        print(account, options.json ?? false, () =>
          Object.entries(account)
            .map(([name, value]) => `${name.padEnd(13)} ${value ?? '-'}`)
            .join('\n'),
        );
      }),
    );
}
