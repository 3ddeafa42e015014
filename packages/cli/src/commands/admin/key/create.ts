import { createAdminKey } from '@dialtone/server';
import { Command } from 'commander';
import { type DatabaseOptions, withDatabaseOptions } from '../../../database-options.ts';
import { findAccount } from '../../../find-account.ts';
import { wholeNumber } from '../../../input/whole-number.ts';
import { print } from '../../../output/print.ts';
import { UsageError } from '../../../output/usage-error.ts';
import { withPlatform } from '../../../with-platform.ts';

interface Options extends DatabaseOptions {
  readonly name: string;
  readonly expiresAfter: number;
  readonly json?: boolean;
}

export function createKeyCommand(): Command {
  return withDatabaseOptions(new Command('create'))
    .description('Create one more API key of an administrator; it is shown once')
    .argument('<user@domain>')
    .option('--name <name>', 'tells what it is for', 'command line')
    .option('--expires-after <minutes>', 'without use; 0 = never', wholeNumber, 0)
    .option('--json', 'print JSON')
    .action((address: string, { name, expiresAfter, json = false, ...options }: Options) =>
      withPlatform(options, async (platform) => {
        const { id: accountId, admin, username, domain } = await findAccount(platform, address);
        if (!admin) {
          const account = `${username}@${domain}`;
          throw new UsageError(
            `${account} is no administrator. Make it one: dialtone admin set ${account}`,
          );
        }
        const apiKey = await createAdminKey(platform, {
          accountId,
          name,
          expiresAfterLastUsedMinutes: expiresAfter,
        });
        print({ username, domain, name, api_key: apiKey }, json, () => `API key ${apiKey}`);
      }),
    );
}
