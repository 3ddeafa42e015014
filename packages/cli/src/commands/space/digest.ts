import { passwordAlgorithms, type PasswordAlgorithm } from '@dialtone/contract';
import { setDigest } from '@dialtone/server';
import { Command, Option } from 'commander';
import { type DatabaseOptions, withDatabaseOptions } from '../../database-options.ts';
import { print } from '../../output/print.ts';
import { resolveDomain } from '../../resolve-domain.ts';
import { withPlatform } from '../../with-platform.ts';

interface Options extends DatabaseOptions {
  readonly realm?: string;
  readonly algorithm?: PasswordAlgorithm;
  readonly json?: boolean;
}

/** Spaces that FAM's API or console made have no digest configuration: nothing else gives them one. */
export function spaceDigestCommand(): Command {
  return withDatabaseOptions(new Command('digest'))
    .description('Let a space store SIP passwords, or change how it stores new ones')
    .argument('<domain>')
    .option('--realm <realm>', 'default: the domain; cannot change once there are accounts')
    .addOption(
      new Option('--algorithm <name>', 'of new passwords (default for a new one: SHA-256)').choices(
        passwordAlgorithms,
      ),
    )
    .option('--json', 'print JSON')
    .action((domain: string, { realm, algorithm, json = false, ...options }: Options) =>
      withPlatform(options, async (platform) => {
        await resolveDomain(platform, domain);
        const digest = await setDigest(platform, domain, {
          ...(realm !== undefined && { realm }),
          ...(algorithm !== undefined && { defaultPasswordAlgorithm: algorithm }),
        });
        const shown = { realm: digest.realm, algorithm: digest.defaultPasswordAlgorithm };
        print(
          shown,
          json,
          () => `${domain} stores new passwords in ${shown.algorithm} for realm "${shown.realm}".`,
        );
      }),
    );
}
