import { createSpace, findSpaceByDomain, type Space, updateSpace } from '@dialtone/server';
import { Command, Option } from 'commander';
import { type DatabaseOptions, withDatabaseOptions } from '../../database-options.ts';
import { dayOrNever } from '../../input/day.ts';
import { hostName } from '../../input/host-name.ts';
import { wholeNumber } from '../../input/whole-number.ts';
import { print } from '../../output/print.ts';
import { withPlatform } from '../../with-platform.ts';

interface Options extends DatabaseOptions {
  readonly super?: boolean;
  /** Milliseconds since the Unix epoch. */
  readonly expires?: number | 'never';
  readonly maxAccounts?: number;
  readonly uniqueEmail?: 'on' | 'off';
  readonly json?: boolean;
}

/** Settings that stay as they are when nothing is said of them. */
function settings({ expires, maxAccounts, uniqueEmail, ...options }: Options) {
  return {
    ...(expires !== undefined && { expireAt: expires === 'never' ? undefined : expires }),
    ...(maxAccounts !== undefined && { maxAccounts }),
    switches: {
      super: options.super ?? false,
      ...(uniqueEmail && { unique_email: uniqueEmail === 'on' }),
    },
  };
}

/** FAM's `spaces:create-update`; also what no API call can set, or none reaches in a space that has expired. */
export function setSpaceCommand(): Command {
  return withDatabaseOptions(new Command('set'))
    .description('Create a space, or change host, name and rank of the one with this SIP domain')
    .argument('<domain>', 'SIP domain of its accounts', hostName)
    .argument('<host>', 'HTTP host that serves it', hostName)
    .argument('<name>', 'display name')
    .option('--super', 'its administrators are super administrators; without it they are not')
    .option('--expires <day>', 'first day on which it answers nothing, or never', dayOrNever)
    .option('--max-accounts <number>', 'it holds no more than these; 0 = no limit', wholeNumber)
    .addOption(
      new Option(
        '--unique-email <on|off>',
        'whether an email address belongs to one account only',
      ).choices(['on', 'off']),
    )
    .option('--json', 'print JSON')
    .action(async (domain: string, host: string, name: string, options: Options) => {
      const identity = { name, host };
      const change = { ...identity, ...settings(options) };
      await withPlatform(options, async (platform) => {
        const known = await findSpaceByDomain(platform, domain);
        const space: Space =
          known === undefined
            ? await createSpace(platform, { ...change, domain })
            : await updateSpace(platform, domain, { ...known, ...change });
        const { rootHost } = platform.config.app;
        if (rootHost !== undefined && !space.host.endsWith(rootHost)) {
          process.stderr.write(`${space.host} does not end with APP_ROOT_HOST (${rootHost}).\n`);
        }
        const shown = {
          domain,
          ...identity,
          super: change.switches.super,
          created: known === undefined,
        };
        print(shown, options.json ?? false, () =>
          known === undefined ? `Created the space ${domain}.` : `Changed the space ${domain}.`,
        );
      });
    });
}
