import { getSpace, updateAccount } from '@dialtone/server';
import { Command, Option } from 'commander';
import { type DatabaseOptions, withDatabaseOptions } from '../../database-options.ts';
import { findAccount } from '../../find-account.ts';
import { refuseUnfit } from '../../new-account.ts';
import { print } from '../../output/print.ts';
import { requireDigest } from '../../resolve-domain.ts';
import { withPlatform } from '../../with-platform.ts';
import { shownAccount } from './shown-account.ts';

type YesNo = 'yes' | 'no';

interface Options extends DatabaseOptions {
  readonly password?: string;
  readonly displayName?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly activated?: YesNo;
  readonly blocked?: YesNo;
  readonly json?: boolean;
}

const yesNo = (flag: string, description: string): Option =>
  new Option(`${flag} <yes|no>`, description).choices(['yes', 'no']);

/** An empty text removes; what was not said stays. */
const orNull = (text: string | undefined): string | null | undefined => (text === '' ? null : text);

const toBoolean = (said: YesNo | undefined): boolean | undefined =>
  said === undefined ? undefined : said === 'yes';

export function setAccountCommand(): Command {
  return withDatabaseOptions(new Command('set'))
    .description('Change an account; what is not said stays as it is')
    .argument('<user@domain>')
    .option('--password <password>', 'new SIP password: phones must be given it, too')
    .option('--display-name <name>', 'empty: none')
    .option('--email <address>', 'empty: none')
    .option('--phone <number>', 'international number: +33612345678; empty: none')
    .addOption(yesNo('--activated', 'whether it may register'))
    .addOption(yesNo('--blocked', 'lock it out, for a lost phone; its registration runs out'))
    .option('--json', 'print JSON')
    .action(async (address: string, options: Options) => {
      const { password, json = false } = options;
      const displayName = orNull(options.displayName);
      const email = orNull(options.email);
      refuseUnfit({ password, displayName, email });
      await withPlatform(options, async (platform) => {
        const { id, domain } = await findAccount(platform, address);
        if (password !== undefined) requireDigest(await getSpace(platform, domain));
        const account = await updateAccount(platform, id, {
          password,
          displayName,
          email,
          phone: orNull(options.phone),
          activated: toBoolean(options.activated),
          blocked: toBoolean(options.blocked),
        });
        print(
          shownAccount(account),
          json,
          () => `Changed sip:${account.username}@${account.domain}.`,
        );
      });
    });
}
