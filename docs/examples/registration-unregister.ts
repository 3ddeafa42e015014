// Unregistration: changes of a proxy config begin with edit() and take effect with done().
//
//     node docs/examples/registration-unregister.ts sip:alice@sip.example.org secret [server]
import {
  Address,
  AuthInfo,
  Core,
  RegistrationState,
  registrationStateToString,
} from '@dialtone/client';
import type { Options } from './registration-basic.ts';

export async function main(
  { identity, password, server }: Options,
  log: (line: string) => void = console.log,
): Promise<void> {
  const core = new Core();
  const from = Address.parse(identity);
  const added = core.createProxyConfig();
  added.setIdentityAddress(from);
  added.setServerAddr(server ?? from?.domain ?? null);
  core.addAuthInfo(new AuthInfo({ username: from?.username, password }));
  core.addProxyConfig(added);
  core.defaultProxyConfig = added;

  const { promise: over, resolve } = Promise.withResolvers<void>();
  core.addListener({
    onRegistrationStateChanged(_core, _config, state) {
      log(registrationStateToString(state) ?? 'unknown');
      if (state === RegistrationState.Ok) unregister();
      if (state === RegistrationState.Cleared || state === RegistrationState.Failed) resolve();
    },
  });

  function unregister(): void {
    const proxyConfig = core.defaultProxyConfig;
    if (proxyConfig === null) return;
    proxyConfig.edit(); // start editing
    proxyConfig.registerEnabled = false; // de-activate registration for this proxy config
    proxyConfig.done(); // a REGISTER with Expires: 0 follows
  }

  await core.start();
  await over;
  await core.stop();
}

if (import.meta.main) {
  const [identity = '', password, server] = process.argv.slice(2);
  await main({ identity, password, server });
}
