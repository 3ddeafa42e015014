// Authentication on demand: the core asks for credentials when the server does.
//
//     node docs/examples/registration-authentication.ts sip:alice@sip.example.org secret [server]
import { Address, Core, RegistrationState } from '@dialtone/client';
import type { Options } from './registration-basic.ts';

export async function main(
  { identity, password, server }: Options,
  log: (line: string) => void = console.log,
): Promise<void> {
  const core = new Core();
  const from = Address.parse(identity);
  const proxyConfig = core.createProxyConfig();
  proxyConfig.setIdentityAddress(from);
  proxyConfig.setServerAddr(server ?? from?.domain ?? null);
  core.addProxyConfig(proxyConfig);

  const { promise: settled, resolve } = Promise.withResolvers<void>();
  let asked = 0;
  core.addListener({
    // Fill the given AuthInfo and hand it back: here at once, or later, when a person has typed it.
    onAuthenticationRequested(_core, info) {
      asked += 1;
      log(
        `${info.username} needs a password for ${info.realm} (${info.availableAlgorithms.join(', ')})`,
      );
      // Asked a second time, the password was wrong: giving the same one again would not help.
      if (asked > 1 || password === undefined) return;
      info.password = password;
      core.addAuthInfo(info);
    },
    onRegistrationStateChanged(_core, _config, state) {
      if (state === RegistrationState.Ok) log('registered');
      if (state === RegistrationState.Failed) log('failed');
      if (state === RegistrationState.Ok || state === RegistrationState.Failed) resolve();
    },
  });

  await core.start();
  await settled;
  await core.stop();
}

if (import.meta.main) {
  const [identity = '', password, server] = process.argv.slice(2);
  await main({ identity, password, server });
}
