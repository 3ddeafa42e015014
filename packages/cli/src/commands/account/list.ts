import { listAccounts } from '@dialtone/server';
import { Command } from 'commander';
import { type DatabaseOptions, withDatabaseOptions } from '../../database-options.ts';
import { wholeNumber } from '../../input/whole-number.ts';
import { printRows } from '../../output/print.ts';
import { resolveDomain } from '../../resolve-domain.ts';
import { withPlatform } from '../../with-platform.ts';
import { shownAccount } from './shown-account.ts';

interface Options extends DatabaseOptions {
  readonly limit: number;
  readonly offset: number;
  readonly json?: boolean;
}

export function listAccountsCommand(): Command {
  return withDatabaseOptions(new Command('list'))
    .description('List the accounts of a space')
    .argument('[domain]', 'default: the only or super space')
    .option('--limit <number>', 'at most so many', wholeNumber, 100)
    .option('--offset <number>', 'after so many', wholeNumber, 0)
    .option('--json', 'print JSON')
    .action((domain: string | undefined, options: Options) =>
      withPlatform(options, async (platform) => {
        const space = await resolveDomain(platform, domain);
        const { accounts, total } = await listAccounts(platform, space.domain, {
          limit: options.limit,
          offset: options.offset,
        });
        const json = options.json ?? false;
        printRows(accounts.map(shownAccount), json, `No accounts in ${space.domain}.`);
        if (!json && total > accounts.length) console.log(`${accounts.length} of ${total}`);
      }),
    );
}
