import { deleteAccount } from '@dialtone/server';
import { Command } from 'commander';
import { type DatabaseOptions, withDatabaseOptions } from '../../database-options.ts';
import { findAccount } from '../../find-account.ts';
import { print } from '../../output/print.ts';
import { withPlatform } from '../../with-platform.ts';
import { shownAccount } from './shown-account.ts';

export function deleteAccountCommand(): Command {
  return withDatabaseOptions(new Command('delete'))
    .description('Delete an account; its address stays reserved for a while')
    .argument('<user@domain>')
    .option('--json', 'print JSON')
    .action((address: string, options: DatabaseOptions & { readonly json?: boolean }) =>
      withPlatform(options, async (platform) => {
        const account = await deleteAccount(platform, (await findAccount(platform, address)).id);
        print(
          shownAccount(account),
          options.json ?? false,
          () => `Deleted sip:${account.username}@${account.domain}.`,
        );
      }),
    );
}
