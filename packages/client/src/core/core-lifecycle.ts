import { RegistrationState } from '@dialtone/sip';
import type { Account } from '../account/account.ts';
import { AuthInfo } from '../auth-info/auth-info.ts';
import { AuthMethod } from '../auth-info/auth-method.ts';
import { readAuthInfo } from '../auth-info/auth-info-section.ts';
import { migrateDirectories } from '../contact-directories/migrate-directories.ts';
import type { UnansweredChallenge } from '../http/authentication.ts';
import { ConfiguringState } from '../provisioning/configuring-state.ts';
import { fetchAndApplyProvisioning, settleProvisioning } from '../provisioning/fetch-and-apply.ts';
import { PendingCredentials } from '../provisioning/pending-credentials.ts';
import type { CoreParts } from './core-parts.ts';
import { GlobalState } from './global-state.ts';
import { instanceId } from './instance-id.ts';
import { NetworkMonitor } from './network-monitor.ts';
import { ProcessHold } from './process-hold.ts';
import { readTransports } from './transports.ts';

/** How long a stopping core waits for servers to confirm that its accounts left. */
const STOP_TIMEOUT_MS = 1000;

/** What the application is told meanwhile. */
export interface LifecycleEvents {
  onGlobalStateChanged(state: GlobalState, message: string): void;
  onConfiguringStatus(state: ConfiguringState, message: string | undefined): void;
  onAuthenticationRequested(info: AuthInfo, method: AuthMethod): void;
  /** Somebody hears `onAuthenticationRequested`. */
  canAsk(): boolean;
  /** The machine lost its network, or got one. */
  onNetworkChanged(reachable: boolean): void;
}

/** Start and stop of a core (registration.md §0, §2.16; provisioning-client.md §2.3). */
export class CoreLifecycle {
  /** Provisioning requests waiting for credentials. */
  readonly pendingCredentials = new PendingCredentials();
  readonly #parts: CoreParts;
  readonly #events: LifecycleEvents;
  #state: GlobalState = GlobalState.Off;
  /** Aborted when the core is to stop. */
  #run = new AbortController();
  #starting: Promise<void> = Promise.resolve();
  #stopped: Promise<void> = Promise.resolve();
  #accountsGone: (() => void) | undefined;
  readonly #hold = new ProcessHold();
  readonly #monitor: NetworkMonitor;

  constructor(parts: CoreParts, events: LifecycleEvents) {
    this.#parts = parts;
    this.#events = events;
    this.#monitor = new NetworkMonitor(parts.clock, (up) => events.onNetworkChanged(up));
    this.#load();
  }

  get state(): GlobalState {
    return this.#state;
  }

  /** Resolves when the core is On, or was stopped meanwhile. -1: it is running already. */
  async start(): Promise<0 | -1> {
    if (this.#state !== GlobalState.Off) return -1;
    this.#run = new AbortController();
    this.#starting = this.#start(this.#run.signal);
    await this.#starting;
    return 0;
  }

  /** Unregisters, closes everything, saves. The core may be started again. */
  stop(): Promise<void> {
    if (this.#state !== GlobalState.Off && this.#state !== GlobalState.Shutdown) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      this.#stopped = promise;
      this.#stop().then(resolve, reject);
    }
    return this.#stopped;
  }

  /** To be called at each change of an account's state. */
  onAccountStateChanged(): void {
    if (this.#accountsGone !== undefined && !this.#someRegistered()) this.#accountsGone();
  }

  async #start(stopped: AbortSignal): Promise<void> {
    const { config, ports, accounts, authInfos, queue, realTime } = this.#parts;
    if (realTime) this.#hold.take();
    instanceId(config);
    // Whoever is told of a state may stop the core right there.
    this.#change(GlobalState.Startup, 'Starting up');
    if (!stopped.aborted) this.#change(GlobalState.Configuring, 'Configuring');
    if (!stopped.aborted) await this.#configure(stopped);
    if (!stopped.aborted) await ports.open(this.#parts.transports);
    if (!stopped.aborted) this.#change(GlobalState.On, 'On');
    if (stopped.aborted) return;
    this.#watchNetwork();
    accounts.active = true;
    accounts.saveAll();
    authInfos.saveAll();
    queue.open = true;
  }

  async #stop(): Promise<void> {
    const { accounts, authInfos, friends, directorySearch, queue, stack, saver, ports } =
      this.#parts;
    const wasOn = this.#state === GlobalState.On;
    queue.open = false;
    this.#change(GlobalState.Shutdown, 'Shutting down');
    this.#run.abort();
    this.pendingCredentials.abort();
    await this.#starting;
    directorySearch.stop();
    this.#monitor.stop();
    // Leaving the servers does not wait for contacts that are being fetched.
    const friendsStopped = friends.stop();
    if (wasOn) await this.#unregisterAll();
    await friendsStopped;
    queue.clear();
    if (accounts.active) {
      accounts.saveNatPolicies();
      accounts.unload();
      authInfos.forgetAll();
    }
    stack.keepAlive.stop();
    await ports.close();
    stack.transport.disconnect();
    await saver.flush();
    // A core that never came to be On has saved nothing: what was added to it stays as it is.
    if (accounts.active) this.#load();
    this.#hold.release();
    this.#change(GlobalState.Off, 'Off');
  }

  #load(): void {
    const { accounts, authInfos, config, friends } = this.#parts;
    accounts.load();
    friends.read();
    for (let i = 0; ; i += 1) {
      const info = readAuthInfo(config, i);
      if (info === undefined) return;
      if (info.usable) authInfos.add(info);
    }
  }

  async #configure(signal: AbortSignal): Promise<void> {
    const { config, friends } = this.#parts;
    await friends.load();
    await this.#provision(signal);
    if (signal.aborted) return;
    friends.openContactsList();
    migrateDirectories(config);
  }

  async #provision(signal: AbortSignal): Promise<void> {
    const { config, accounts, userAgent, httpCredentials, clock, random } = this.#parts;
    const outcome = await fetchAndApplyProvisioning({
      store: config,
      userAgent,
      identity: accounts.defaultAccount?.settings.identityAddress?.asStringUriOnly(),
      credentials: httpCredentials,
      http: () => this.#parts.httpSettings(),
      onAuthenticationRequested: async (challenge, abort) =>
        this.#events.canAsk() && this.pendingCredentials.wait(() => this.#ask(challenge), abort),
      clock,
      random,
      signal,
    });
    // Stopped meanwhile is never a failure.
    if (signal.aborted) this.#events.onConfiguringStatus(ConfiguringState.Skipped, undefined);
    else this.#events.onConfiguringStatus(outcome.state, outcome.message);
    settleProvisioning(config, outcome);
    if (outcome.state !== ConfiguringState.Successful) return;
    accounts.forgetLoaded();
    this.#load();
    this.#parts.transports = readTransports(config);
    this.#parts.push.enabled = config.getBool('net', 'push_notification', false);
  }

  #ask(challenge: UnansweredChallenge): void {
    const { username, realm, domain, algorithm, method, authorizationServer } = challenge;
    const info = new AuthInfo({ username, realm, domain, algorithm });
    info.authorizationServer = authorizationServer ?? null;
    this.#events.onAuthenticationRequested(info, METHODS[method]);
  }

  #watchNetwork(): void {
    const { stack, settings, realTime } = this.#parts;
    if (realTime && settings.monitorNetwork) void this.#monitor.start();
    stack.keepAlive.start(settings.keepAlivePeriodMs, { streams: settings.keepStreamsAlive });
  }

  /** Every account that may, tells its server; all together get one second. */
  async #unregisterAll(): Promise<void> {
    const { accounts, clock } = this.#parts;
    if (!accounts.networkUp) return;
    for (const account of accounts.list.accounts) if (leaves(account)) account.unregister();
    if (!this.#someRegistered()) return;
    await new Promise<void>((resolve) => {
      const limit = clock.setTimeout(resolve, STOP_TIMEOUT_MS);
      this.#accountsGone = () => {
        clock.clearTimeout(limit);
        resolve();
      };
    });
    this.#accountsGone = undefined;
  }

  #someRegistered(): boolean {
    for (const account of this.#parts.accounts.all()) {
      if ((leaves(account) || account.removing) && isRegistered(account)) return true;
    }
    return false;
  }

  #change(state: GlobalState, message: string): void {
    this.#state = state;
    this.#events.onGlobalStateChanged(state, message);
  }
}

const METHODS: Readonly<Record<UnansweredChallenge['method'], AuthMethod>> = {
  digest: AuthMethod.HttpDigest,
  bearer: AuthMethod.Bearer,
  basic: AuthMethod.Basic,
};

/** Those that push wakes stay registered while nothing runs. */
function leaves({ settings }: Account): boolean {
  return (
    settings.unregisterAtStopEnabled &&
    !settings.pushNotificationAllowed &&
    !settings.remotePushNotificationAllowed
  );
}

function isRegistered({ state }: Account): boolean {
  return (
    state === RegistrationState.Ok ||
    state === RegistrationState.Failed ||
    state === RegistrationState.Refreshing
  );
}
