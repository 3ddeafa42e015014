import { listAdminKeys } from '@dialtone/server';
import { Command } from 'commander';
import { type DatabaseOptions, withDatabaseOptions } from '../../../database-options.ts';
import { printRows } from '../../../output/print.ts';
import { resolveDomain } from '../../../resolve-domain.ts';
import { withPlatform } from '../../../with-platform.ts';

export function listKeysCommand(): Command {
  return withDatabaseOptions(new Command('list'))
    .description('List the API keys of administrators, without their secrets')
    .argument('[domain]', 'SIP domain of one space (default: all)')
    .option('--json', 'print JSON')
    .action((name: string | undefined, options: DatabaseOptions & { readonly json?: boolean }) =>
      withPlatform(options, async (platform) => {
        const domain =
          name === undefined ? undefined : (await resolveDomain(platform, name)).domain;
        const keys = await listAdminKeys(platform.db, domain);
        printRows(
          keys.map(({ id, name, username, domain, admin, ...use }) => ({
            id,
            name: name ?? null,
            account: `${username}@${domain}`,
            admin,
            created_at: use.createdAt ?? null,
            last_used_at: use.lastUsedAt,
            requests: use.requests,
            expires_after_minutes: use.expiresAfterMinutes,
          })),
          options.json ?? false,
          'No administrator has an API key: dialtone admin key create USER@DOMAIN',
        );
      }),
    );
}
