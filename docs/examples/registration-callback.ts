// The registration state callback: told of every change, and again at each refresh.
//
//     node docs/examples/registration-callback.ts sip:alice@sip.example.org secret [server]
import {
  Address,
  AuthInfo,
  Core,
  type ProxyConfig,
  Reason,
  RegistrationState,
  registrationStateToString,
} from '@dialtone/client';
import type { Options } from './registration-basic.ts';

/** Why a registration failed, as far as the server says. */
function why({ error, errorInfo }: ProxyConfig): string {
  if (error === Reason.Forbidden || error === Reason.Unauthorized) return 'wrong credentials';
  if (error === Reason.IOError || error === Reason.NotAnswered) return 'server not reachable';
  return `${errorInfo.code} ${errorInfo.phrase}`;
}

export async function main(
  { identity, password, server }: Options,
  log: (line: string) => void = console.log,
): Promise<void> {
  const core = new Core();
  const from = Address.parse(identity);
  const proxyConfig = core.createProxyConfig();
  proxyConfig.setIdentityAddress(from);
  proxyConfig.setServerAddr(server ?? from?.domain ?? null);
  core.addAuthInfo(new AuthInfo({ username: from?.username, password }));

  const { promise: settled, resolve } = Promise.withResolvers<void>();
  core.addListener({
    onRegistrationStateChanged(_core, config, state, message) {
      log(
        `New registration state ${registrationStateToString(state)} for user id [${config.identity}] at proxy [${config.serverAddr}]: ${message}`,
      );
      if (state === RegistrationState.Failed) log(`failed: ${why(config)}`);
      if (state === RegistrationState.Ok || state === RegistrationState.Failed) resolve();
    },
  });

  if (core.addProxyConfig(proxyConfig) === -1) throw new Error('identity or server is missing');
  await core.start();
  await settled;
  await core.stop();
}

if (import.meta.main) {
  const [identity = '', password, server] = process.argv.slice(2);
  await main({ identity, password, server });
}
