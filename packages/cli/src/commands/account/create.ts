import { Command } from 'commander';
import { type DatabaseOptions, withDatabaseOptions } from '../../database-options.ts';
import { newAccount } from '../../new-account.ts';
import { print } from '../../output/print.ts';
import { withPlatform } from '../../with-platform.ts';
import { shownAccount } from './shown-account.ts';

interface Options extends DatabaseOptions {
  readonly password?: string;
  readonly displayName?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly inactive?: boolean;
  readonly json?: boolean;
}

export function createAccountCommand(): Command {
  return withDatabaseOptions(new Command('create'))
    .description('Create an account, activated unless told otherwise')
    .argument('<user@domain>', 'its SIP address; without @domain, in the only or super space')
    .option('--password <password>', 'SIP password (default: none; provisioning can make one)')
    .option('--display-name <name>')
    .option('--email <address>')
    .option('--phone <number>', 'international number: +33612345678')
    .option('--inactive', 'leave it to be activated')
    .option('--json', 'print JSON')
    .action(async (address: string, options: Options) => {
      const { password, displayName, email, phone, inactive = false } = options;
      const details = { password, displayName, email, phone, activated: !inactive };
      await withPlatform(options, async (platform) => {
        const account = await newAccount(platform, address, details);
        print(
          shownAccount(account),
          options.json ?? false,
          () => `Created sip:${account.username}@${account.domain} (${account.id}).`,
        );
      });
    });
}
