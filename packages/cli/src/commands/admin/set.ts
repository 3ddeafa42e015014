import { setAdmin } from '@dialtone/server';
import { Command } from 'commander';
import { type DatabaseOptions, withDatabaseOptions } from '../../database-options.ts';
import { findAccount } from '../../find-account.ts';
import { print } from '../../output/print.ts';
import { UsageError } from '../../output/usage-error.ts';
import { withPlatform } from '../../with-platform.ts';

interface Options extends DatabaseOptions {
  readonly revoke?: boolean;
  readonly json?: boolean;
}

export function setAdminCommand(): Command {
  return withDatabaseOptions(new Command('set'))
    .description('Make an account an administrator of its space')
    .argument('<account>', 'user@domain or the number of the account')
    .option('--revoke', 'take the role away instead')
    .option('--json', 'print JSON')
    .action(async (name: string, options: Options) => {
      const admin = options.revoke !== true;
      await withPlatform(options, async (platform) => {
        const wanted = /^\d+$/.test(name) ? Number(name) : (await findAccount(platform, name)).id;
        const { account, changed } = await setAdmin(platform, wanted, admin);
        const { id, username, domain } = account;
        if (!changed) {
          const state = admin ? 'is an administrator already' : 'is no administrator';
          throw new UsageError(`${username}@${domain} ${state}.`);
        }
        print({ id, username, domain, admin }, options.json ?? false, () =>
          admin
            ? `${username}@${domain} is an administrator now.`
            : `${username}@${domain} is no administrator any more.`,
        );
      });
    });
}
