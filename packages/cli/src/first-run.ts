import {
  createAdministrator,
  createSpace,
  issueProvisioning,
  listSpaces,
  openPlatform,
  qrMatrix,
  qrTerminal,
  readConfig,
  type Environment,
  type RunningServer,
  type Space,
} from '@dialtone/server';
import type { DatabaseOptions } from './database-options.ts';
import { hintsForLaterRuns } from './later-runs.ts';
import { reachableAddress } from './network/own-addresses.ts';

/** A domain for home networks that nobody else can own (RFC 8375). */
const FIRST_DOMAIN = 'dialtone.home.arpa';

const FIRST_ADMINISTRATOR = 'admin';

/** What was decided before the server starts. */
export interface FirstRun {
  /** The space that was there before; undefined in an empty database. */
  readonly space: Space | undefined;
  /** Host of that space, or of the one to create. */
  readonly host: string;
  /** Settings for the server that follow from it. */
  readonly environment: Environment;
}

/**
 * Chooses the host of the first space: that of the one there is, else this machine's address. Unless
 * the settings say otherwise, that space answers under every name of this machine.
 */
export async function prepareFirstRun(environment: Environment): Promise<FirstRun> {
  const config = readConfig({ DIALTONE_LOG_LEVEL: 'warn', ...environment });
  const opened = await openPlatform(config);
  try {
    const spaces = await listSpaces(opened.platform);
    const space = spaces.find(({ switches }) => switches.super) ?? spaces[0];
    const host = space?.host ?? config.app.defaultHost ?? reachableAddress();
    const fixed = config.app.rootHost !== undefined || config.app.defaultHost !== undefined;
    return { space, host, environment: fixed ? {} : { DIALTONE_DEFAULT_HOST: host } };
  } finally {
    await opened.close();
  }
}

/** What `serve` was told on its command line and other commands cannot know. */
interface Given extends DatabaseOptions {
  readonly port?: string;
}

/** The options with which another command works on the same data and gives out the same URLs. */
function optionsAlike({ database, data, port }: Given, baseUrl: string) {
  const where = [
    // It may hold a password.
    ...(database === undefined ? [] : [' --database …']),
    ...(data === undefined ? [] : [` --data '${data}'`]),
  ].join('');
  return { where, urls: where + (port === undefined ? '' : ` --base-url ${baseUrl}`) };
}

/** Creates a space and its administrator when there is none, and tells all one needs to begin. */
export async function announceFirstRun(
  { platform, url }: RunningServer,
  { space: former, host }: FirstRun,
  given: Given,
): Promise<void> {
  const baseUrl = `http://${host.includes(':') ? `[${host}]` : host}:${new URL(url).port || 80}`;
  if (former !== undefined) {
    console.log(`Open ${baseUrl}/api for the API. Accounts: bin/dialtone account --help`);
    for (const hint of await hintsForLaterRuns(platform, former)) console.log(hint);
    return;
  }
  const space = await createSpace(platform, {
    domain: FIRST_DOMAIN,
    host,
    name: 'Dialtone',
    switches: { super: true },
  });
  const password = platform.random.token(16);
  const { account, apiKey } = await createAdministrator(platform, space, {
    username: FIRST_ADMINISTRATOR,
    password,
    keyName: 'first run',
  });
  const { where, urls } = optionsAlike(given, baseUrl);
  const { url: provisioningUrl } = await issueProvisioning(platform, account, { baseUrl });
  console.log(
    [
      '',
      'Welcome. This is shown once; keep it:',
      '',
      `  URL            ${baseUrl}`,
      `  SIP domain     ${space.domain}`,
      `  Administrator  ${account.username}`,
      `  Password       ${password}`,
      `  API key        ${apiKey}`,
      '',
      'Scan this with Linphone and it registers as the administrator:',
      '',
      qrTerminal(qrMatrix(provisioningUrl, 'medium'), process.stdout.isTTY),
      '',
      `  ${provisioningUrl}`,
      '',
      `Add somebody:  bin/dialtone account create alice${where}`,
      `Their phone:   bin/dialtone provision alice --qr --reset-password${urls}`,
      '',
    ].join('\n'),
  );
}
