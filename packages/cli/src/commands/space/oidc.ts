import { type Platform, removeOidc, setOidc, type Space } from '@dialtone/server';
import { Command, Option } from 'commander';
import { type DatabaseOptions, withDatabaseOptions } from '../../database-options.ts';
import { httpOrigin } from '../../input/http-origin.ts';
import { readTextFile } from '../../input/read-text-file.ts';
import { print } from '../../output/print.ts';
import { resolveDomain } from '../../resolve-domain.ts';
import { withPlatform } from '../../with-platform.ts';

interface Options extends DatabaseOptions {
  readonly serverUrl?: string;
  readonly realm?: string;
  readonly clientId?: string;
  readonly clientSecretFile?: string;
  readonly sipIdentifier?: string;
  readonly publicKeyFile?: string;
  readonly providerKeys?: boolean;
  readonly autoProvisioning?: 'on' | 'off';
  readonly role?: string;
  readonly remove?: boolean;
  readonly json?: boolean;
}

type Change = Parameters<typeof setOidc>[2];

/** FAM keeps these in its panel: its API only shows them. */
export function spaceOidcCommand(): Command {
  return withDatabaseOptions(new Command('oidc'))
    .description('Show, set or remove the OpenID Connect provider whose tokens a space takes')
    .argument('<domain>')
    .option('--server-url <url>', 'base URL, such as https://sso.example.org/', httpOrigin)
    .option('--realm <realm>', 'realm at that server')
    .option('--client-id <id>', 'client with which browsers sign in')
    .option('--client-secret-file <file>', 'file with its secret')
    .option('--sip-identifier <claim>', 'claim with the SIP address (default: sip_identity)')
    .addOption(
      new Option(
        '--public-key-file <file>',
        'PEM key that verifies tokens (default: the keys that the provider publishes)',
      ).conflicts('providerKeys'),
    )
    .option('--provider-keys', 'forget that key')
    .addOption(
      new Option(
        '--auto-provisioning <on|off>',
        'make accounts for people who sign in and have the role',
      ).choices(['on', 'off']),
    )
    .option('--role <role>', 'realm role that auto-provisioning asks for')
    .option('--remove', 'go back to passwords and user keys')
    .option('--json', 'print JSON')
    .action((domain: string, options: Options) =>
      withPlatform(options, async (platform) => {
        const space = await resolveDomain(platform, domain);
        const oidc = await apply(platform, space, options);
        const shown = oidc === undefined ? null : shownProvider(oidc);
        print(shown, options.json ?? false, () =>
          shown === null
            ? `${domain} has no OpenID Connect provider.`
            : Object.entries(shown)
                .map(([name, value]) => `${name.padEnd(18)} ${value ?? '-'}`)
                .join('\n'),
        );
      }),
    );
}

async function apply(
  platform: Platform,
  { domain, oidc }: Space,
  options: Options,
): Promise<Space['oidc']> {
  if (options.remove === true) {
    await removeOidc(platform, domain);
    return undefined;
  }
  const change = await readChange(options);
  if (Object.keys(change).length > 0) return setOidc(platform, domain, change);
  return oidc;
}

/** Only what was said. */
async function readChange(options: Options): Promise<Change> {
  const { serverUrl, realm, clientId, sipIdentifier, autoProvisioning, role } = options;
  const { clientSecretFile, publicKeyFile, providerKeys } = options;
  return {
    ...(serverUrl !== undefined && { serverUrl }),
    ...(realm !== undefined && { realm }),
    ...(clientId !== undefined && { clientId }),
    ...(clientSecretFile !== undefined && {
      clientSecret: (await readTextFile(clientSecretFile)).trim(),
    }),
    ...(sipIdentifier !== undefined && { sipIdentifier }),
    ...(publicKeyFile !== undefined && { publicKey: await readTextFile(publicKeyFile) }),
    ...(providerKeys === true && { publicKey: undefined }),
    ...(autoProvisioning !== undefined && { autoProvisioning: autoProvisioning === 'on' }),
    ...(role !== undefined && { roleProvisioning: role }),
  };
}

function shownProvider(oidc: NonNullable<Space['oidc']>) {
  return {
    server_url: oidc.serverUrl,
    realm: oidc.realm,
    client_id: oidc.clientId ?? null,
    client_secret: oidc.clientSecret ? 'set' : null,
    sip_identifier: oidc.sipIdentifier,
    public_key: oidc.publicKey === undefined ? 'of the provider' : 'stored',
    auto_provisioning: oidc.autoProvisioning ? 'on' : 'off',
    role_provisioning: oidc.roleProvisioning ?? null,
  };
}
