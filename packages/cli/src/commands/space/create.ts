import { createSpace, setSpaceDoors } from '@dialtone/server';
import { Command } from 'commander';
import { type DatabaseOptions, withDatabaseOptions } from '../../database-options.ts';
import { hostName } from '../../input/host-name.ts';
import { print } from '../../output/print.ts';
import { withPlatform } from '../../with-platform.ts';

interface Options extends DatabaseOptions {
  readonly host?: string;
  readonly name?: string;
  readonly super?: boolean;
  readonly provisioningHeader: boolean;
  readonly json?: boolean;
}

export function createSpaceCommand(): Command {
  return withDatabaseOptions(new Command('create'))
    .description('Create a space')
    .argument('<domain>', 'its SIP domain, such as sip.example.org', hostName)
    .option('--host <host>', 'HTTP host that serves it (default: the domain)', hostName)
    .option('--name <name>', 'display name (default: the domain)')
    .option('--super', 'its administrators administrate all spaces')
    .option(
      '--no-provisioning-header',
      'let in phones that send no x-linphone-provisioning header (Linphone 5.1 and older)',
    )
    .option('--json', 'print JSON')
    .action(async (domain: string, options: Options) => {
      const { host = domain, name = domain } = options;
      await withPlatform(options, async (platform) => {
        const space = await createSpace(platform, {
          domain,
          host,
          name,
          switches: { super: options.super ?? false },
        });
        if (!options.provisioningHeader) {
          await setSpaceDoors(platform, domain, { provisioningHeaderRequired: false });
        }
        const shown = { domain, host, name, super: space.switches.super };
        print(shown, options.json ?? false, () => `Space ${domain} is served at host ${host}.`);
      });
    });
}
