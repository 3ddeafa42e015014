// Basic registration: an account with its password, registered once.
//
//     node docs/examples/registration-basic.ts sip:alice@sip.example.org secret [server]
import { Address, AuthInfo, Core, RegistrationState } from '@dialtone/client';

export interface Options {
  readonly identity: string;
  readonly password?: string | undefined;
  /** Default: the domain of the identity. */
  readonly server?: string | undefined;
}

export async function main(
  { identity, password, server }: Options,
  log: (line: string) => void = console.log,
): Promise<void> {
  const core = new Core();
  const proxyConfig = core.createProxyConfig();

  // Parse the identity, make credentials from it and give them to the core.
  const from = Address.parse(identity);
  if (from === null) throw new Error(`${identity} is no SIP address`);
  if (password !== undefined) {
    core.addAuthInfo(new AuthInfo({ username: from.username, password }));
  }

  // Configure the proxy; the domain is taken for the server unless another is named.
  proxyConfig.setIdentityAddress(from);
  proxyConfig.setServerAddr(server ?? from.domain);
  proxyConfig.registerEnabled = true;

  core.addProxyConfig(proxyConfig);
  core.defaultProxyConfig = proxyConfig;

  const { promise: settled, resolve } = Promise.withResolvers<void>();
  core.addListener({
    onRegistrationStateChanged(_core, _config, state) {
      if (state === RegistrationState.Ok || state === RegistrationState.Failed) resolve();
    },
  });

  // Once the core is on, its next iterate() sends the REGISTER; it iterates by itself.
  await core.start();
  await settled;
  if (proxyConfig.state === RegistrationState.Ok) {
    log(`registered, reachable at ${proxyConfig.contact?.asStringUriOnly()}`);
  } else {
    const { code, phrase } = proxyConfig.errorInfo;
    log(`not registered: ${code} ${phrase}`);
  }
  // Unregisters, then closes everything.
  await core.stop();
}

if (import.meta.main) {
  const [identity = '', password, server] = process.argv.slice(2);
  await main({ identity, password, server });
}
