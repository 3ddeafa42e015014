import fc from 'fast-check';
import { RegistrationState } from '@dialtone/sip';
import {
  accept,
  type Answer,
  challenge,
  type Fate,
  redirect,
  refuse,
  silence,
  tooBrief,
} from '@dialtone/sip/testing';
import { Address } from '../../address/address.ts';
import { AuthInfo } from '../../auth-info/auth-info.ts';
import type { ProxyConfig } from '../../proxy-config/proxy-config.ts';
import { GlobalState } from '../global-state.ts';
import type { CoreFixture } from './core-fixture.ts';

/** What is to be expected of a core, however its servers behave. */
export interface CoreModel {
  running: boolean;
  networkUp: boolean;
  /** Identities of the accounts, in order. */
  accounts: string[];
  default: number;
  /** User names of the auth infos, in order. */
  credentials: string[];
}

type Step = (model: CoreModel, f: CoreFixture) => void | Promise<void>;

/** One call of the API, or one event of the world, and what must hold afterwards. */
class CoreCommand implements fc.AsyncCommand<CoreModel, CoreFixture> {
  readonly #name: string;
  readonly #step: Step;

  constructor(name: string, step: Step) {
    this.#name = name;
    this.#step = step;
  }

  check(): boolean {
    return true;
  }

  async run(model: CoreModel, f: CoreFixture): Promise<void> {
    await this.#step(model, f);
    verify(model, f);
  }

  toString(): string {
    return this.#name;
  }
}

const IDENTITIES = ['alice', 'bob', 'carol'].map((user) => `sip:${user}@sip.example.org`);
const SERVERS = [
  'sip:sip.example.org',
  'sip:sip.example.org;transport=tcp',
  'sip:sip.example.org;transport=ws',
  'sips:sip.example.org',
  'sip:nowhere.example.org',
];
const ANSWERS: Readonly<Record<string, Answer>> = {
  accept: accept(),
  'accept for 20 s': accept({ expiresSeconds: 20 }),
  'accept with a GRUU': accept({
    contactParams: [['pub-gruu', 'sip:alice@sip.example.org;gr=urn:uuid:1']],
    headers: [['Supported', 'outbound']],
  }),
  silence,
  401: challenge(),
  407: challenge({ proxy: true, algorithms: ['SHA-256', 'MD5'] }),
  'stale for ever': challenge({ stale: true }),
  bearer: refuse(401, ['WWW-Authenticate', 'Bearer realm="r", authz_server="https://sso.example"']),
  'no challenge': refuse(401),
  'redirect in a circle': redirect('<sip:sip.example.org>'),
  'redirect nowhere': redirect('<sip:nowhere.example.org>'),
  423: tooBrief(7200),
  491: refuse(491),
  503: refuse(503, ['Retry-After', '5']),
  ...Object.fromEntries([403, 404, 408, 481, 500, 603].map((status) => [status, refuse(status)])),
};
const FATES: readonly Fate[] = ['deliver', 'drop', 'duplicate', 'fail', 'reset', { delayMs: 700 }];
const EDITS: Readonly<Record<string, (config: ProxyConfig) => unknown>> = {
  enable: (config) => (config.registerEnabled = true),
  disable: (config) => (config.registerEnabled = false),
  'expires 0': (config) => (config.expires = 0),
  'expires 30': (config) => (config.expires = 30),
  'contact parameters': (config) => (config.contactParameters = 'a=b'),
  'bad server': (config) => config.setServerAddr('sip:'),
  realm: (config) => (config.realm = 'sip.example.org'),
  'id privacy': (config) => (config.privacy = 8),
  push: (config) => (config.pushNotificationAllowed = !config.pushNotificationAllowed),
  header: (config) => config.setCustomHeader('X-One', '1'),
  'bad header': (config) => config.setCustomHeader('X One', '1\r\nX: y'),
};

const which = fc.nat(3);

/** Anything an application can do with accounts, and anything that can happen to it. */
export function coreCommands(): fc.Arbitrary<Iterable<fc.AsyncCommand<CoreModel, CoreFixture>>> {
  // Without accounts and without time nothing can go wrong.
  const frequent = [adding, adding, adding, passing, passing, passing];
  return fc.commands([...frequent, ...ofAccounts, ...ofTheCore, ...ofTheWorld], {
    maxCommands: 40,
    size: 'max',
  });
}

const adding = fc
  .tuple(fc.constantFrom(...IDENTITIES), fc.constantFrom(...SERVERS))
  .map(([identity, server]) => command(`add ${identity} ${server}`, add(identity, server)));
const passing = fc
  .constantFrom(0, 600, 5000, 33_000, 61_000, 3_600_000)
  .map((ms) => command(`${ms} ms`, (_model, f) => f.advance(ms)));

const ofAccounts = [
  which.map((index) => command(`remove ${index}`, remove(index))),
  always('clear', (model, { core }) => {
    core.clearProxyConfig();
    Object.assign(model, { accounts: [], default: -1 });
  }),
  which.map((index) =>
    command(`default ${index}`, (model, { core }) => {
      core.defaultProxyConfigIndex = index;
      if (index < model.accounts.length) model.default = index;
    }),
  ),
  fc.tuple(which, which).map(([a, b]) =>
    command(`${a} depends on ${b}`, (_model, { core }) => {
      const dependent = pick(core.proxyConfigList, a);
      if (dependent !== undefined) dependent.dependency = pick(core.proxyConfigList, b) ?? null;
    }),
  ),
  fc.tuple(which, fc.constantFrom(...SERVERS)).map(([index, server]) =>
    command(`move ${index} to ${server}`, (_model, { core }) => {
      pick(core.proxyConfigList, index)?.setServerAddr(server);
    }),
  ),
  fc
    .tuple(which, fc.constantFrom(...Object.keys(EDITS)), fc.boolean())
    .map(([index, name, batched]) =>
      command(`${name} ${index}${batched ? ' in an edit' : ''}`, (_model, { core }) => {
        const config = pick(core.proxyConfigList, index);
        if (config === undefined) return;
        if (batched) config.edit();
        EDITS[name]?.(config);
        if (batched) config.done();
      }),
    ),
  which.map((index) =>
    command(`refresh ${index}`, (_model, { core }) => {
      pick(core.proxyConfigList, index)?.refreshRegister();
    }),
  ),
  which.map((index) =>
    command(`pause ${index}`, (_model, { core }) => {
      pick(core.proxyConfigList, index)?.pauseRegister();
    }),
  ),
];

const ofTheCore = [
  always('stop', async (model, f) => {
    await f.stop();
    model.running = false;
  }),
  always('start', async (model, { core }) => {
    await core.start();
    model.running = true;
  }),
  always('iterate', (_model, { core }) => core.iterate()),
  fc.boolean().map((automatic) =>
    command(`automatic ${automatic}`, (_model, { core }) => {
      core.autoIterateEnabled = automatic;
    }),
  ),
  always('refresh all', (_model, { core }) => core.refreshRegisters()),
  always('foreground', (_model, { core }) => core.enterForeground()),
  always('ensure registered', (model, { core }) => {
    core.ensureRegistered();
    model.networkUp = true;
  }),
  fc
    .tuple(fc.constantFrom('alice', 'bob'), fc.constantFrom('password', 'ha1', 'token'))
    .map(([username, kind]) => command(`${kind} of ${username}`, addSecret(username, kind))),
  always('forget credentials', (model, { core }) => {
    core.clearAllAuthInfo();
    model.credentials = [];
  }),
  fc.boolean().map((enabled) =>
    command(`push ${enabled}`, (_model, { core }) => {
      core.pushNotificationEnabled = enabled;
      core.updatePushNotificationInformation('param', enabled ? 'prid' : null);
    }),
  ),
  fc.constantFrom(0, -2).map((port) =>
    command(`UDP port ${port}`, async (_model, { core }) => {
      await core.setTransports({ udpPort: port, tcpPort: -2, tlsPort: -2 });
    }),
  ),
];

const ofTheWorld = [
  fc.boolean().map((up) =>
    command(`network ${up}`, (model, { core }) => {
      core.networkReachable = up;
      model.networkUp = up;
    }),
  ),
  fc.constantFrom(...Object.keys(ANSWERS)).map((name) =>
    command(`answer ${name}`, (_model, { links }) => {
      links.registrar.answerAll(ANSWERS[name] ?? accept());
    }),
  ),
  fc.constantFrom(...FATES).map((fate) =>
    command(`packets ${JSON.stringify(fate)}`, (_model, { links }) => {
      links.network.fate = () => fate;
    }),
  ),
  fc.constantFrom('accept', 'refuse', 'silence').map((reception) =>
    command(`connections ${reception}`, (_model, { links }) => {
      links.network.reception = () => reception;
    }),
  ),
  always('connections break', (_model, { links }) => links.network.breakConnections()),
];

function always(name: string, step: Step): fc.Arbitrary<CoreCommand> {
  return fc.constant(command(name, step));
}

function command(name: string, step: Step): CoreCommand {
  return new CoreCommand(name, step);
}

/** Some account, whatever their number. */
function pick(configs: readonly ProxyConfig[], index: number): ProxyConfig | undefined {
  return configs[index % Math.max(1, configs.length)];
}

function add(identity: string, server: string): Step {
  return (model, f) => {
    const config = f.makeConfig({ identity, server });
    expectThat(f.core.addProxyConfig(config) === 0, 'an account with server and identity is added');
    model.accounts.push(identity);
  };
}

function remove(which: number): Step {
  return (model, { core }) => {
    const config = pick(core.proxyConfigList, which);
    if (config === undefined) return;
    const index = core.proxyConfigList.indexOf(config);
    core.removeProxyConfig(config);
    model.accounts.splice(index, 1);
    if (model.default === index) model.default = -1;
    else if (model.default > index) model.default -= 1;
  };
}

function addSecret(username: string, kind: string): Step {
  return (model, { core }) => {
    const info = new AuthInfo({ username, domain: 'sip.example.org', realm: 'sip.example.org' });
    if (kind === 'password') info.password = 'secret';
    if (kind === 'ha1') info.ha1 = 'f'.repeat(32);
    if (kind === 'token') info.accessToken = { token: 't', expiresAt: 0 };
    const name = `${username} ${kind === 'token' ? 'token' : 'digest'}`;
    core.addAuthInfo(info);
    if (!model.credentials.includes(name)) model.credentials.push(name);
  };
}

/** What holds between any two calls. */
function verify(model: CoreModel, f: CoreFixture): void {
  const { core, config } = f;
  const on = core.globalState === GlobalState.On;
  expectThat(on === model.running, 'the core is On exactly while it is running');
  expectThat(core.networkReachable === model.networkUp, 'the network is as it was set');
  const identities = core.proxyConfigList.map(({ identity }) => identity);
  expectSame(identities, model.accounts, 'accounts are those that were added');
  expectThat(
    core.defaultProxyConfigIndex === model.default,
    'the default account is as it was set',
  );
  expectThat(core.authInfoList.length === model.credentials.length, 'credentials are kept');
  for (const { registerEnabled, state } of core.proxyConfigList) {
    const busy = state === RegistrationState.Ok || state === RegistrationState.Progress;
    expectThat(model.networkUp || !registerEnabled || !busy, 'nobody registers without network');
    expectThat(on || state === RegistrationState.None, 'a core that is Off has no registrations');
  }
  if (!on) return;
  const saved = (base: string): number => {
    let count = 0;
    while (config.hasSection(`${base}_${count}`)) count += 1;
    return count;
  };
  expectThat(saved('proxy') === model.accounts.length, 'every account is saved');
  expectThat(saved('auth_info') === model.credentials.length, 'all credentials are saved');
  expectThat(config.getInt('sip', 'default_proxy', -1) === model.default, 'the default is saved');
  const read = model.accounts.map((_identity, i) =>
    Address.parse(config.getString(`proxy_${i}`, 'reg_identity') ?? null)?.asString(),
  );
  expectSame(read, model.accounts, 'accounts are saved in order');
}

function expectSame(actual: readonly unknown[], wanted: readonly unknown[], what: string): void {
  expectThat(JSON.stringify(actual) === JSON.stringify(wanted), `${what}: ${String(actual)}`);
}

function expectThat(holds: boolean, what: string): void {
  if (!holds) throw new Error(`does not hold: ${what}`);
}
