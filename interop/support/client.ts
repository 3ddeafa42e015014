import { EventEmitter, once } from 'node:events';
import { AuthInfo, ConfigStore, Core, type ProxyConfig, RegistrationState } from '@dialtone/client';

/** Our own client on loopback, with what tests wait for. */
export interface Client extends AsyncDisposable {
  readonly core: Core;
  readonly proxy: ProxyConfig;
  /** Every registration state that was notified, by name. */
  readonly states: readonly string[];
  /** Runs `action` and waits for the state after it. */
  reach(state: keyof typeof RegistrationState, action?: () => void): Promise<void>;
}

interface ClientOptions {
  readonly identity: string;
  readonly server: string;
  readonly username?: string;
  readonly password?: string;
  readonly algorithm?: 'MD5' | 'SHA-256';
  readonly expires?: number;
  /** `linphonerc` lines. */
  readonly config?: string;
}

const LOOPBACK =
  '[sip]\nsip_port=-1\nsip_tcp_port=-1\nsip_tls_port=-1\nbind_address=127.0.0.1\nuse_ipv6=0\n';

const nameOf = (state: unknown): string =>
  Object.entries(RegistrationState).find(([, value]) => value === state)?.[0] ?? String(state);

/** Starts a core with one account; it registers at its first iterate. */
export async function startClient(options: ClientOptions): Promise<Client> {
  const { identity, server, username = 'alice', password = 'secret', config = '' } = options;
  const core = new Core({ config: ConfigStore.fromString(`${LOOPBACK}${config}`) });
  const events = new EventEmitter();
  const states: string[] = [];
  core.addListener({
    onRegistrationStateChanged: (_core, _proxy, state) => {
      states.push(nameOf(state));
      events.emit(nameOf(state));
    },
  });
  const { algorithm } = options;
  core.addAuthInfo(
    new AuthInfo({ username, password, ...(algorithm === undefined ? {} : { algorithm }) }),
  );
  const proxy = core.createProxyConfig();
  proxy.setIdentity(identity);
  proxy.setServerAddr(server);
  proxy.expires = options.expires ?? 600;
  proxy.registerEnabled = true;
  core.addProxyConfig(proxy);
  await core.start();
  return {
    core,
    proxy,
    states,
    reach: async (state, action) => {
      const reached = once(events, state, { signal: AbortSignal.timeout(15_000) });
      if (action === undefined && states.at(-1) === state) return;
      action?.();
      await reached;
    },
    [Symbol.asyncDispose]: () => core.stop(),
  };
}
