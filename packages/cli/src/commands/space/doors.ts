import { type Platform, setSpaceDoors, type Space, updateSpace } from '@dialtone/server';
import { Command, Option } from 'commander';
import { type DatabaseOptions, withDatabaseOptions } from '../../database-options.ts';
import { print } from '../../output/print.ts';
import { resolveDomain } from '../../resolve-domain.ts';
import { withPlatform } from '../../with-platform.ts';

type Switch = 'on' | 'off';

interface Options extends DatabaseOptions {
  readonly provisioningHeader?: Switch;
  readonly xmlrpc?: Switch;
  readonly clientCertificates?: Switch;
  readonly json?: boolean;
}

const onOff = (flag: string, description: string): Option =>
  new Option(`${flag} <on|off>`, description).choices(['on', 'off']);

/** Only what was said. */
function changes({ provisioningHeader, xmlrpc }: Options): Partial<Space['doors']> {
  return {
    ...(provisioningHeader && { provisioningHeaderRequired: provisioningHeader === 'on' }),
    ...(xmlrpc && { xmlrpc: xmlrpc === 'on' }),
  };
}

/** A column of FAM, hence no door of ours; its API does not set it either. */
async function applyChanges(platform: Platform, domain: string, options: Options): Promise<Space> {
  const space = await setSpaceDoors(platform, domain, changes(options));
  if (options.clientCertificates === undefined) return space;
  const switches = { client_certificate_authentication: options.clientCertificates === 'on' };
  return updateSpace(platform, domain, { ...space, switches });
}

export function spaceDoorsCommand(): Command {
  return withDatabaseOptions(new Command('doors'))
    .description('Show, open or close ways into a space')
    .argument('<domain>')
    .addOption(
      onOff(
        '--provisioning-header',
        'ask phones for the x-linphone-provisioning header; Linphone 5.1 and older do not send it',
      ),
    )
    .addOption(onOff('--xmlrpc', 'answer the account creator of older clients'))
    .addOption(
      onOff(
        '--client-certificates',
        'let phones sign in with certificates that a trusted proxy has checked',
      ),
    )
    .option('--json', 'print JSON')
    .action((domain: string, options: Options) =>
      withPlatform(options, async (platform) => {
        const { doors, switches } = await applyChanges(
          platform,
          (await resolveDomain(platform, domain)).domain,
          options,
        );
        const shown = {
          provisioning_header: doors.provisioningHeaderRequired,
          xmlrpc: doors.xmlrpc,
          client_certificates: switches.client_certificate_authentication,
        };
        print(shown, options.json ?? false, () =>
          Object.entries(shown)
            .map(([name, open]) => `${name.padEnd(20)} ${open ? 'on' : 'off'}`)
            .join('\n'),
        );
      }),
    );
}
