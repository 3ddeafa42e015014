import { AuthInfo, ConfigStore, Core, type ProxyConfig, RegistrationState } from '@dialtone/client';
import type { SipMessage } from '@dialtone/sip';
import { waitUntil } from './wait-until.ts';

type StateName = keyof typeof RegistrationState;

/** Our own client on loopback, with what tests wait for. */
export interface Client extends AsyncDisposable {
  readonly core: Core;
  /** The account it was started with. */
  readonly proxy: ProxyConfig;
  /** Registration states of the first account that were notified, by name. */
  readonly states: readonly string[];
  /** Every SIP message, oldest first. */
  readonly messages: readonly TracedMessage[];
  /**
   * Them in short, each once: `> REGISTER`, `< 401`. A busy machine lets datagrams be repeated;
   * `messages` has the repetitions.
   */
  readonly wire: readonly string[];
  /** One more account. */
  addAccount(account: AccountOptions): ProxyConfig;
  statesOf(proxy: ProxyConfig): readonly string[];
  /** Runs `action` and waits until the account is notified of the state again. */
  reach(state: StateName, action?: () => void, proxy?: ProxyConfig): Promise<void>;
}

interface TracedMessage {
  readonly direction: 'in' | 'out';
  /** Milliseconds, on the clock of `performance.now()`. */
  readonly at: number;
  readonly message: SipMessage;
}

interface AccountOptions {
  readonly identity: string;
  readonly server: string;
  readonly expires?: number;
  /** Default true; false for servers that would not answer. */
  readonly unregisterAtStop?: boolean;
  readonly dependsOn?: ProxyConfig;
  /** Realm whose nonces a new Call-ID may use. */
  readonly realm?: string;
}

interface ClientOptions extends AccountOptions {
  readonly username?: string;
  readonly password?: string;
  readonly algorithm?: 'MD5' | 'SHA-256';
  /** `linphonerc` lines; the first belong to `[sip]`. */
  readonly config?: string;
}

const LOOPBACK =
  '[sip]\nsip_port=-1\nsip_tcp_port=-1\nsip_tls_port=-1\nbind_address=127.0.0.1\nuse_ipv6=0\n';

const nameOf = (state: unknown): string =>
  Object.entries(RegistrationState).find(([, value]) => value === state)?.[0] ?? String(state);

/** `> REGISTER`, `< 401`. */
export const inShort = ({ direction, message }: TracedMessage): string => {
  const arrow = direction === 'out' ? '>' : '<';
  return `${arrow} ${message.kind === 'request' ? message.method : message.status}`;
};

/** Without the datagrams that repeat one before them. */
function withoutRepetitions(messages: readonly TracedMessage[]): TracedMessage[] {
  const first = new Map<string, TracedMessage>();
  for (const traced of messages) {
    const { headers } = traced.message;
    const name = `${inShort(traced)} ${headers.get('via')} ${headers.get('cseq')}`;
    if (!first.has(name)) first.set(name, traced);
  }
  return [...first.values()];
}

function addAccount(core: Core, options: AccountOptions): ProxyConfig {
  const proxy = core.createProxyConfig();
  const { account } = proxy;
  const { params } = account;
  params.unregisterAtStopEnabled = options.unregisterAtStop ?? true;
  account.setParams(params);
  proxy.setIdentity(options.identity);
  proxy.setServerAddr(options.server);
  proxy.expires = options.expires ?? 600;
  proxy.registerEnabled = true;
  if (options.realm !== undefined) proxy.realm = options.realm;
  if (options.dependsOn !== undefined) proxy.dependency = options.dependsOn;
  core.addProxyConfig(proxy);
  return proxy;
}

/** Starts a core with one account; it registers at its first iterate. */
export async function startClient(options: ClientOptions): Promise<Client> {
  const { username = 'alice', password = 'secret', algorithm, config = '' } = options;
  const messages: TracedMessage[] = [];
  const core = new Core({
    config: ConfigStore.fromString(`${LOOPBACK}${config}`),
    trace: (direction, message) => messages.push({ direction, message, at: performance.now() }),
  });
  const notified: { readonly proxy: ProxyConfig; readonly state: string }[] = [];
  core.addListener({
    onRegistrationStateChanged: (_core, proxy, state) => {
      notified.push({ proxy, state: nameOf(state) });
    },
  });
  core.addAuthInfo(
    new AuthInfo({ username, password, ...(algorithm === undefined ? {} : { algorithm }) }),
  );
  const statesOf = (proxy: ProxyConfig): string[] =>
    notified.filter((each) => each.proxy === proxy).map(({ state }) => state);
  const proxy = addAccount(core, options);
  await core.start();
  return {
    core,
    proxy,
    get states() {
      return statesOf(proxy);
    },
    messages,
    get wire() {
      return withoutRepetitions(messages).map(inShort);
    },
    addAccount: (account) => addAccount(core, account),
    statesOf,
    reach: async (state, action, which = proxy) => {
      const seen = action === undefined ? 0 : statesOf(which).length;
      action?.();
      await waitUntil(`an account is ${state}`, () =>
        statesOf(which).slice(seen).includes(state) ? true : undefined,
      );
    },
    [Symbol.asyncDispose]: () => core.stop(),
  };
}
