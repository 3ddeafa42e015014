import { createAdministrator } from '@dialtone/server';
import { Command } from 'commander';
import { type DatabaseOptions, withDatabaseOptions } from '../../database-options.ts';
import { print } from '../../output/print.ts';
import { requireDigest, resolveDomain } from '../../resolve-domain.ts';
import { withPlatform } from '../../with-platform.ts';

interface Options extends DatabaseOptions {
  readonly username: string;
  readonly password: string;
  readonly domain?: string;
  readonly json?: boolean;
}

export function createAdminCommand(): Command {
  return withDatabaseOptions(new Command('create'))
    .description('Create an administrator and an API key that never expires')
    .requiredOption('--username <name>', 'user part of the SIP address')
    .requiredOption('--password <password>', 'SIP password')
    .option('--domain <domain>', 'SIP domain of its space (default: the super space)')
    .option('--json', 'print JSON')
    .action(async (options: Options) => {
      await withPlatform(options, async (platform) => {
        const space = await resolveDomain(platform, options.domain);
        requireDigest(space);
        const { account, apiKey } = await createAdministrator(platform, space, {
          username: options.username,
          password: options.password,
          keyName: 'command line',
        });
        const { id, username, domain } = account;
        print(
          { id, username, domain, api_key: apiKey },
          options.json ?? false,
          () => `Administrator sip:${username}@${domain}\nAPI key ${apiKey}`,
        );
      });
    });
}
