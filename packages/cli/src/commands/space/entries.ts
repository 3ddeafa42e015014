import {
  checkCustomEntries,
  type Platform,
  remarkText,
  type Space,
  updateSpace,
} from '@dialtone/server';
import { Command, Option } from 'commander';
import { type DatabaseOptions, withDatabaseOptions } from '../../database-options.ts';
import { readTextFile } from '../../input/read-text-file.ts';
import { print } from '../../output/print.ts';
import { resolveDomain } from '../../resolve-domain.ts';
import { withPlatform } from '../../with-platform.ts';

interface Options extends DatabaseOptions {
  readonly file?: string;
  readonly overwrite?: 'on' | 'off';
  readonly remove?: boolean;
  readonly json?: boolean;
}

/** The API sets them too, but only together with everything else of a space. */
export function spaceEntriesCommand(): Command {
  return withDatabaseOptions(new Command('entries'))
    .description('Show, set or remove what a space adds to the configuration of its phones')
    .argument('<domain>')
    .addOption(
      new Option('--file <file>', 'linphonerc text that replaces the one of the space').conflicts(
        'remove',
      ),
    )
    .addOption(
      new Option(
        '--overwrite <on|off>',
        'replace what phones have already, or fill gaps only',
      ).choices(['on', 'off']),
    )
    .option('--remove', 'add nothing')
    .option('--json', 'print JSON')
    .action((domain: string, options: Options) =>
      withPlatform(options, async (platform) => {
        const space = await apply(platform, await resolveDomain(platform, domain), options);
        const { customProvisioningEntries: text, switches } = space;
        const notices = text === undefined ? [] : checkCustomEntries(text).notices;
        const shown = {
          entries: text ?? null,
          overwrite: switches.custom_provisioning_overwrite_all,
          notices: notices.map((notice) => remarkText('en', notice)),
        };
        print(shown, options.json ?? false, () =>
          [
            shown.entries?.trimEnd() ?? `${space.domain} adds nothing.`,
            '',
            `overwrite ${shown.overwrite ? 'on' : 'off'}`,
            ...shown.notices.map((notice) => `* ${notice}`),
          ].join('\n'),
        );
      }),
    );
}

async function apply(platform: Platform, space: Space, options: Options): Promise<Space> {
  const { file, overwrite, remove } = options;
  if (file === undefined && overwrite === undefined && remove !== true) return space;
  const kept = remove === true ? undefined : space.customProvisioningEntries;
  return updateSpace(platform, space.domain, {
    ...space,
    customProvisioningEntries: file === undefined ? kept : await readTextFile(file),
    switches:
      overwrite === undefined ? {} : { custom_provisioning_overwrite_all: overwrite === 'on' },
  });
}
