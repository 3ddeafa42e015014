// Proxies dependency: an account at a server without push notifications becomes reachable through
// another account, its master, whose contact it shares. Atypical; rarely needed.
//
//     node docs/examples/registration-dependency.ts sip:me@push.example.org secret sip:me@work.example.net secret
import { Address, AuthInfo, Core, type ProxyConfig, RegistrationState } from '@dialtone/client';
import type { Options as Account } from './registration-basic.ts';

export interface Options {
  /** At the server that can wake a phone. */
  readonly master: Account;
  /** At the server that cannot be changed. */
  readonly dependent: Account;
}

function createProxyConfig(core: Core, { identity, password, server }: Account): ProxyConfig {
  const from = Address.parse(identity);
  const proxyConfig = core.createProxyConfig();
  proxyConfig.setIdentityAddress(from);
  proxyConfig.setServerAddr(server ?? from?.domain ?? null);
  core.addAuthInfo(new AuthInfo({ username: from?.username, domain: from?.domain, password }));
  return proxyConfig;
}

export async function main(
  options: Options,
  log: (line: string) => void = console.log,
): Promise<void> {
  const core = new Core();
  const master = createProxyConfig(core, options.master);
  const dependent = createProxyConfig(core, options.dependent);

  const { promise: settled, resolve } = Promise.withResolvers<void>();
  core.addListener({
    onRegistrationStateChanged(_core, config, state) {
      if (state === RegistrationState.Ok) {
        log(`${config.identity} is registered as ${config.contact?.asStringUriOnly()}`);
        if (config === dependent) resolve();
      }
      if (state === RegistrationState.Failed) {
        log(`${config.identity} failed`);
        // The dependent shares the fate of its master.
        if (config === dependent) resolve();
      }
    },
  });

  // Before it is added to the core:
  dependent.dependency = master;
  // The master first:
  core.addProxyConfig(master);
  core.addProxyConfig(dependent);

  await core.start();
  await settled;
  await core.stop();
}

if (import.meta.main) {
  const [first = '', firstPassword, second = '', secondPassword] = process.argv.slice(2);
  await main({
    master: { identity: first, password: firstPassword },
    dependent: { identity: second, password: secondPassword },
  });
}
