import { isServiceError } from '@dialtone/server';
import { Command } from 'commander';
import { type DatabaseOptions, withDatabaseOptions } from '../../database-options.ts';
import { readTextFile } from '../../input/read-text-file.ts';
import { newAccount } from '../../new-account.ts';
import { print } from '../../output/print.ts';
import { progressBar } from '../../output/progress-bar.ts';
import { explain } from '../../output/report-failure.ts';
import { UsageError } from '../../output/usage-error.ts';
import { withPlatform } from '../../with-platform.ts';
import { ACCOUNT_FIELDS, readAccounts } from './read-accounts.ts';

interface Options extends DatabaseOptions {
  readonly json?: boolean;
}

export function importAccountsCommand(): Command {
  return withDatabaseOptions(new Command('import'))
    .description(`Create accounts from a file of lines "${ACCOUNT_FIELDS}"`)
    .argument(
      '<file>',
      'CSV in UTF-8; empty fields are left out, lines that start with # are skipped',
    )
    .option('--json', 'print JSON')
    .action(async (file: string, options: Options) => {
      const rows = readAccounts(file, await readTextFile(file));
      const refused: { line: number; address: string; reason: string }[] = [];
      await withPlatform(options, async (platform) => {
        const progress = progressBar('Creating accounts', rows.length);
        for (const row of rows) {
          try {
            await newAccount(platform, row.address, row.details);
          } catch (error) {
            if (!isServiceError(error) && !(error instanceof UsageError)) throw error;
            refused.push({ line: row.line, address: row.address, reason: explain(error) });
          }
          progress.advance();
        }
        progress.end();
      });
      print({ created: rows.length - refused.length, refused }, options.json ?? false, () =>
        [
          `Created ${rows.length - refused.length} of ${rows.length} accounts.`,
          ...refused.map(({ line, address, reason }) => `  line ${line} ${address}: ${reason}`),
        ].join('\n'),
      );
      if (refused.length > 0) process.exitCode = 1;
    });
}
