import { once } from 'node:events';
import { type Account, AuthInfo, ConfigStore, Core, RegistrationState } from '@dialtone/client';
import { DOMAIN, PASSWORD, usernameOf } from './sip-accounts.ts';

/** What to do, as the parent process sends it. */
export interface RegisteringOrder {
  readonly accounts: number;
  readonly inFlight: number;
  readonly port: number;
}

interface Speed {
  readonly perSecond: number;
  readonly perCpuSecond: number;
}

/** What it took; speeds of the best pass. */
export interface RegisteringReport extends Speed {
  /** Heap and buffers of one account that is registered and idle. */
  readonly bytesPerAccount: number;
}

/** Transactions over UDP absorb repetitions for 5 s (timer K); only then an account is idle. */
const SETTLED_MS = 6000;
/** The first one finds code that was never run. */
const PASSES = 3;

function usedBytes(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Registers accounts, each when one before it is done. */
class Registering {
  readonly #waiting: Account[];
  #open: number;
  readonly #done = Promise.withResolvers<void>();

  constructor(accounts: readonly Account[]) {
    this.#waiting = [...accounts];
    this.#open = accounts.length;
  }

  run(inFlight: number): Promise<void> {
    for (let i = 0; i < inFlight; i += 1) this.#next();
    return this.#done.promise;
  }

  onState({ state, errorInfo }: Account): void {
    if (state === RegistrationState.Failed) {
      this.#done.reject(new Error(`refused: ${errorInfo.code} ${errorInfo.phrase}`));
    }
    if (state !== RegistrationState.Ok) return;
    this.#open -= 1;
    if (this.#open === 0) this.#done.resolve();
    this.#next();
  }

  /** Registers with a new Call-ID, first without credentials. */
  #next(): void {
    const account = this.#waiting.pop();
    if (account === undefined) return;
    if (account.settings.registerEnabled) {
      account.needRegister();
      return;
    }
    const { params } = account;
    params.registerEnabled = true;
    account.setParams(params);
  }
}

function addAccounts(core: Core, { accounts, port }: RegisteringOrder): readonly Account[] {
  for (let n = 0; n < accounts; n += 1) {
    const username = usernameOf(n);
    core.addAuthInfo(new AuthInfo({ username, password: PASSWORD, realm: DOMAIN }));
    const config = core.createProxyConfig();
    config.setIdentity(`sip:${username}@${DOMAIN}`);
    config.setServerAddr(`sip:127.0.0.1:${port};transport=udp`);
    config.expires = 3600;
    config.registerEnabled = false;
    core.addProxyConfig(config);
  }
  return core.accountList;
}

async function timed(count: number, work: Promise<void>): Promise<Speed> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work;
  const { user, system } = process.cpuUsage(cpu);
  return {
    perSecond: (count * 1000) / (performance.now() - start),
    perCpuSecond: (count * 1_000_000) / (user + system),
  };
}

async function measure(order: RegisteringOrder): Promise<RegisteringReport> {
  const core = new Core({
    config: ConfigStore.fromString('[sip]\nsip_port=-1\nsip_tcp_port=0\nbind_address=127.0.0.1\n'),
  });
  await core.start();
  const before = usedBytes();
  const accounts = addAccounts(core, order);
  let current: Registering | undefined;
  core.addListener({
    onAccountRegistrationStateChanged: (_core, account) => current?.onState(account),
  });
  const passes: Speed[] = [];
  for (let pass = 0; pass < PASSES; pass += 1) {
    current = new Registering(accounts);
    passes.push(await timed(order.accounts, current.run(order.inFlight)));
  }
  await new Promise((resolve) => {
    setTimeout(resolve, SETTLED_MS);
  });
  return {
    perSecond: Math.max(...passes.map(({ perSecond }) => perSecond)),
    perCpuSecond: Math.max(...passes.map(({ perCpuSecond }) => perCpuSecond)),
    bytesPerAccount: (usedBytes() - before) / order.accounts,
  };
}

if (import.meta.main && process.send !== undefined) {
  const [order] = await once(process, 'message');
  process.send(await measure(order));
  // Nothing unregisters: the bindings end with the registrar.
  process.disconnect();
  process.exit();
}
