import { createAccount } from '@dialtone/server';
import { Command } from 'commander';
import { type DatabaseOptions, withDatabaseOptions } from '../../database-options.ts';
import { print } from '../../output/print.ts';
import { parseAccountAddress } from '../../parse-account-address.ts';
import { resolveDomain } from '../../resolve-domain.ts';
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
      const { username, domain } = parseAccountAddress(address);
      await withPlatform(options, async (platform) => {
        const account = await createAccount(platform, await resolveDomain(platform, domain), {
          username,
          password: options.password,
          displayName: options.displayName,
          email: options.email,
          phone: options.phone,
          activated: options.inactive !== true,
          ipAddress: '127.0.0.1',
          userAgent: 'dialtone',
        });
        print(
          shownAccount(account),
          options.json ?? false,
          () => `Created sip:${account.username}@${account.domain} (${account.id}).`,
        );
      });
    });
}
