import { sendExpiryNotices } from '@dialtone/server';
import { Command } from 'commander';
import { type DatabaseOptions, withDatabaseOptions } from '../../database-options.ts';
import { printRows } from '../../output/print.ts';
import { withPlatform } from '../../with-platform.ts';

interface Options extends DatabaseOptions {
  readonly apply?: boolean;
  readonly json?: boolean;
}

/** FAM's `spaces:expiration-emails`. */
export function expiringSpacesCommand(): Command {
  return withDatabaseOptions(new Command('expiring'))
    .description('List administrators to tell that their space expires in a week, 3 days or 1 day')
    .option('--apply', 'mail them; a running server does so by itself')
    .option('--json', 'print JSON')
    .action(({ apply = false, json = false, ...options }: Options) =>
      withPlatform(options, async (platform) => {
        const notices = await sendExpiryNotices(platform, { apply });
        printRows(
          notices.map(({ domain, to, daysLeft }) => ({
            domain,
            to,
            days_left: daysLeft,
            queued: apply,
          })),
          json,
          'Nobody is to be told.',
        );
      }),
    );
}
