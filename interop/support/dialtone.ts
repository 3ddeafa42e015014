import { join } from 'node:path';
import {
  type Account,
  createAccount,
  createSpace,
  issueProvisioning,
  type Platform,
  readConfig,
  setSpaceDoors,
  type Space,
  startServer,
} from '@dialtone/server';
import type { Binding } from '@dialtone/sip/registrar';
import { temporaryFolder } from './temporary-folder.ts';
import { waitUntil } from './wait-until.ts';

/** A whole server on loopback ports of its own, with one space. */
export interface Dialtone extends AsyncDisposable {
  readonly platform: Platform;
  readonly space: Space;
  readonly url: string;
  /** UDP and TCP port of its registrar. */
  readonly sipPort: number;
  /** Waits until `user@domain` has exactly `count` contacts at the registrar, all as `wanted`. */
  registered(
    aor: string,
    count?: number,
    wanted?: (binding: Binding) => boolean,
  ): Promise<readonly Binding[]>;
  /** Its SQLite file, for programs that read the accounts. */
  readonly database: string;
  createAccount(username: string, options?: AccountOptions): Promise<Account>;
  /** A second SIP domain, for `AccountOptions.space`. */
  createSpace(domain: string): Promise<Space>;
  /** A fresh provisioning URL of the account. */
  provisioningUrl(
    account: Account,
    options?: { readonly resetPassword?: boolean },
  ): Promise<string>;
}

interface AccountOptions {
  /** Default: the one at `sip.example.org`. */
  readonly space?: Space;
  readonly password?: string;
  readonly displayName?: string;
  readonly activated?: boolean;
}

interface DialtoneOptions {
  /** Environment variables over those of a quiet server on free ports. */
  readonly config?: Readonly<Record<string, string>>;
  /** Ask for `x-linphone-provisioning`; default false, since Debian's Linphone does not send it. */
  readonly provisioningHeader?: boolean;
  /** Of new passwords; default SHA-256. */
  readonly algorithm?: 'MD5' | 'SHA-256';
  /** SIP domain; default sip.example.org. */
  readonly domain?: string;
}

/** Starts a server for a test. */
export async function startDialtone({
  config = {},
  provisioningHeader = false,
  algorithm = 'SHA-256',
  domain = 'sip.example.org',
}: DialtoneOptions = {}): Promise<Dialtone> {
  const folder = temporaryFolder('server');
  const database = join(folder.path, 'dialtone.db');
  const server = await startServer(
    readConfig({
      DIALTONE_DATABASE: `sqlite:${database}`,
      DIALTONE_DATA: folder.path,
      DIALTONE_HOST: '127.0.0.1',
      DIALTONE_PORT: '0',
      DIALTONE_SIP_HOST: '127.0.0.1',
      DIALTONE_SIP_PORT: '0',
      DIALTONE_SIP_MIN_EXPIRES_SECONDS: '1',
      DIALTONE_LOG_LEVEL: 'error',
      DIALTONE_DEFAULT_HOST: '127.0.0.1',
      ...config,
    }),
  );
  const { platform, url } = server;
  await createSpace(platform, {
    domain,
    host: '127.0.0.1',
    name: 'Interop',
    switches: { super: true },
    digest: { defaultPasswordAlgorithm: algorithm },
  });
  const space = await setSpaceDoors(platform, domain, {
    provisioningHeaderRequired: provisioningHeader,
  });
  return {
    platform,
    space,
    url,
    sipPort: Number(server.sipUrl?.split(':').at(-1) ?? 0),
    database,
    registered: (aor, count = 1, wanted = () => true) =>
      waitUntil(`${aor} has ${count} contacts`, async () => {
        const bindings = (await server.bindings?.list(aor, Date.now())) ?? [];
        return bindings.length === count && bindings.every(wanted) ? bindings : undefined;
      }),
    createSpace: (domain) => createSpace(platform, { domain, host: domain, name: domain }),
    createAccount: (username, { activated = true, space: home = space, ...options } = {}) =>
      createAccount(platform, home, {
        username,
        password: 'secret',
        ipAddress: '127.0.0.1',
        activated,
        ...options,
      }),
    provisioningUrl: async (account, options = {}) =>
      (await issueProvisioning(platform, account, { baseUrl: url, ...options })).url,
    [Symbol.asyncDispose]: async () => {
      await server.close();
      folder[Symbol.dispose]();
    },
  };
}
