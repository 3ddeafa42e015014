import { type LinkedTransports, linkedTransports } from '@dialtone/sip/testing';
import type { RegistrationState } from '@dialtone/sip';
import type { Account } from '../../account/account.ts';
import { Address } from '../../address/address.ts';
import type { AuthInfo } from '../../auth-info/auth-info.ts';
import { ConfigStore } from '../../config/config-store.ts';
import type { ProxyConfig } from '../../proxy-config/proxy-config.ts';
import { Core } from '../core.ts';
import type { SipStackEvents } from '../sip-stack.ts';

type StateName = keyof typeof RegistrationState;

/** How often each state was notified. */
export type StateCounts = Readonly<Record<StateName, number>>;

const STATE_NAMES = ['None', 'Progress', 'Ok', 'Cleared', 'Failed', 'Refreshing'] as const;

/** A core over in-memory transports with a fake registrar at sip.example.org. For tests. */
export interface CoreFixture {
  readonly core: Core;
  readonly config: ConfigStore;
  readonly links: LinkedTransports;
  /** Names of the states notified, all accounts, oldest first. */
  readonly states: string[];
  readonly asked: AuthInfo[];
  counts(): StateCounts;
  statesOf(config: ProxyConfig): readonly string[];
  /** Called when credentials are asked for. */
  onAsked: ((info: AuthInfo) => void) | undefined;
  /** Adds an account and lets it register. */
  addConfig(options?: ConfigOptions): Promise<ProxyConfig>;
  /** A configuration that is not added yet. */
  makeConfig(options?: ConfigOptions): ProxyConfig;
  advance(ms: number): Promise<void>;
  settle(): Promise<void>;
  /** Stops the core while the clock runs. */
  stop(): Promise<void>;
}

export interface ConfigOptions {
  /** Default `sip:alice@sip.example.org`. */
  readonly identity?: string;
  /** Default `sip:sip.example.org`. */
  readonly server?: string;
  readonly expires?: number;
}

export interface CoreFixtureOptions {
  /** linphonerc text. */
  readonly config?: string;
  readonly clientPublicAddress?: string;
  readonly links?: LinkedTransports;
  /** Default true. */
  readonly started?: boolean;
}

export async function coreFixture(options: CoreFixtureOptions = {}): Promise<CoreFixture> {
  const { clientPublicAddress } = options;
  const config =
    options.config === undefined ? ConfigStore.inMemory() : ConfigStore.fromString(options.config);
  let events: SipStackEvents | undefined;
  const links =
    options.links ??
    linkedTransports({
      ...(clientPublicAddress !== undefined && { clientPublicAddress }),
      onFlowClosed: (flow) => events?.onFlowClosed(flow),
      isNeeded: (flow) => events?.isNeeded(flow) ?? true,
    });
  const core = new Core({
    config,
    clock: links.clock,
    random: links.random,
    userAgent: 'Test/1.0',
    createStack(parts) {
      events = parts.events;
      return links.client;
    },
  });
  const log: { readonly account: Account; readonly state: StateName }[] = [];
  const fixture: CoreFixture = {
    core,
    config,
    links,
    get states() {
      return log.map(({ state }) => state);
    },
    asked: [],
    counts() {
      const counts = { None: 0, Progress: 0, Ok: 0, Cleared: 0, Failed: 0, Refreshing: 0 };
      for (const { state } of log) counts[state] += 1;
      return counts;
    },
    statesOf: (proxy) =>
      log.filter(({ account }) => account === proxy.account).map(({ state }) => state),
    onAsked: undefined,
    makeConfig(choice = {}) {
      const proxy = core.createProxyConfig();
      proxy.edit();
      proxy.setIdentityAddress(Address.parse(choice.identity ?? 'sip:alice@sip.example.org'));
      proxy.setServerAddr(choice.server ?? 'sip:sip.example.org');
      if (choice.expires !== undefined) proxy.expires = choice.expires;
      proxy.done();
      return proxy;
    },
    async addConfig(choice) {
      const proxy = fixture.makeConfig(choice);
      core.addProxyConfig(proxy);
      await fixture.settle();
      return proxy;
    },
    advance: (ms) => links.clock.advanceAsync(ms),
    settle: () => links.clock.settle(),
    async stop() {
      const stopped = core.stop();
      await links.clock.advanceAsync(1000);
      await stopped;
    },
  };
  core.addListener({
    onAccountRegistrationStateChanged: (_core, account, state) => {
      log.push({ account, state: STATE_NAMES[state] });
    },
    onAuthenticationRequested: (_core, info) => {
      fixture.asked.push(info);
      fixture.onAsked?.(info);
    },
  });
  if (options.started !== false) await core.start();
  return fixture;
}
