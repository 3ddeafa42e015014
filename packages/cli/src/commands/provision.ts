import {
  type Account,
  configuredPorts,
  getSpace,
  issueProvisioning,
  type OpenPlatform,
  previewProvisioning,
  publicOrigin,
  qrMatrix,
  qrTerminal,
} from '@dialtone/server';
import { Command } from 'commander';
import { type DatabaseOptions, withDatabaseOptions } from '../database-options.ts';
import { findAccount } from '../find-account.ts';
import { httpOrigin } from '../input/http-origin.ts';
import { print } from '../output/print.ts';
import { withPlatform } from '../with-platform.ts';

interface Options extends DatabaseOptions {
  readonly qr?: boolean;
  readonly resetPassword?: boolean;
  readonly preview?: boolean;
  readonly baseUrl?: string;
  readonly json?: boolean;
}

type OpenedPlatform = OpenPlatform['platform'];

export function provisionCommand(): Command {
  return withDatabaseOptions(new Command('provision'))
    .description('Make a fresh provisioning URL for an account; earlier ones stop working')
    .argument('<user@domain>')
    .option('--qr', 'print it as a QR code')
    .option('--reset-password', 'the phone that uses it gets a new password')
    .option('--preview', 'make nothing: show the document the phone would get, without secrets')
    .option(
      '--base-url <url>',
      'where phones reach the server (default: the public URL of the space)',
      httpOrigin,
    )
    .option('--json', 'print JSON')
    .action((address: string, options: Options) =>
      withPlatform(options, async (platform) => {
        const account = await findAccount(platform, address);
        await (options.preview === true ? preview : issue)(platform, account, options);
      }),
    );
}

async function issue(platform: OpenedPlatform, account: Account, options: Options): Promise<void> {
  const { url, token, expiresAt } = await issueProvisioning(platform, account, {
    baseUrl: options.baseUrl,
    resetPassword: options.resetPassword ?? false,
  });
  const expires = expiresAt === undefined ? null : new Date(expiresAt).toISOString();
  print({ url, token, expires_at: expires }, options.json ?? false, () => {
    const code = qrTerminal(qrMatrix(url, 'medium'), process.stdout.isTTY);
    return options.qr === true ? `${code}\n${url}` : url;
  });
}

async function preview(
  platform: OpenedPlatform,
  account: Account,
  options: Options,
): Promise<void> {
  const space = await getSpace(platform, account.domain);
  const origin = options.baseUrl ?? publicOrigin(platform.config, space);
  const shown = await previewProvisioning(
    { ...platform, registrarPorts: configuredPorts(platform.config) },
    { space, origin },
    account,
    'en',
  );
  print(shown, options.json ?? false, () =>
    [shown.xml, ...shown.notes.map(({ message }) => `* ${message}`)].join('\n'),
  );
}
