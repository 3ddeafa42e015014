import { createSpace, findSpaceByDomain, type Space, updateSpace } from '@dialtone/server';
import { Command } from 'commander';
import { type DatabaseOptions, withDatabaseOptions } from '../../database-options.ts';
import { hostName } from '../../input/host-name.ts';
import { print } from '../../output/print.ts';
import { withPlatform } from '../../with-platform.ts';

interface Options extends DatabaseOptions {
  readonly super?: boolean;
  readonly json?: boolean;
}

/** FAM's `spaces:create-update`. */
export function setSpaceCommand(): Command {
  return withDatabaseOptions(new Command('set'))
    .description('Create a space, or change host, name and rank of the one with this SIP domain')
    .argument('<domain>', 'SIP domain of its accounts', hostName)
    .argument('<host>', 'HTTP host that serves it', hostName)
    .argument('<name>', 'display name')
    .option('--super', 'its administrators are super administrators; without it they are not')
    .option('--json', 'print JSON')
    .action(async (domain: string, host: string, name: string, options: Options) => {
      const identity = { name, host };
      const switches = { super: options.super ?? false };
      await withPlatform(options, async (platform) => {
        const known = await findSpaceByDomain(platform, domain);
        const space: Space =
          known === undefined
            ? await createSpace(platform, { ...identity, domain, switches })
            : await updateSpace(platform, domain, { ...known, ...identity, switches });
        const { rootHost } = platform.config.app;
        if (rootHost !== undefined && !space.host.endsWith(rootHost)) {
          process.stderr.write(`${space.host} does not end with APP_ROOT_HOST (${rootHost}).\n`);
        }
        const shown = { domain, ...identity, super: switches.super, created: known === undefined };
        print(shown, options.json ?? false, () =>
          known === undefined ? `Created the space ${domain}.` : `Changed the space ${domain}.`,
        );
      });
    });
}
