import { EventEmitter, once } from 'node:events';
import { ConfiguringState, Core, type ProxyConfig, RegistrationState } from '@dialtone/client';
import type { MessageTrace } from '@dialtone/sip';

const names = new Map<RegistrationState, string>(
  Object.entries(RegistrationState).map(([name, value]) => [value, name]),
);

/** A phone made of the client library, with what the demo waits for. */
export class Phone {
  readonly core: Core;
  readonly #events = new EventEmitter();
  readonly #states: string[] = [];
  #configuring: { readonly state: ConfiguringState; readonly message: string | null } | undefined;

  constructor(trace: MessageTrace) {
    this.core = new Core({ userAgent: 'DialtoneDemo (Demo phone)', trace });
    this.core.addListener({
      onConfiguringStatus: (_core, state, message) => {
        this.#configuring = { state, message };
      },
      onRegistrationStateChanged: (_core, _proxy, state, message) => {
        this.#states.push(names.get(state) ?? String(state));
        this.#events.emit('state', state, message);
      },
    });
  }

  /**
   * Starts with a provisioning URL; the account waits for the first `iterate()` to register.
   * @throws Error unless the document was applied
   */
  async provision(url: string): Promise<ProxyConfig> {
    this.core.autoIterateEnabled = false;
    this.core.provisioning.uri = url;
    await this.core.start();
    if (this.#configuring?.state !== ConfiguringState.Successful) {
      throw new Error(`provisioning failed: ${this.#configuring?.message ?? 'no answer'}`);
    }
    const proxy = this.core.defaultProxyConfig;
    if (proxy === null) throw new Error('the document holds no account');
    return proxy;
  }

  /** Runs `action`, then waits for `wanted`; the states on the way. @throws Error when it fails or takes too long */
  async reach(wanted: RegistrationState, action: () => void): Promise<readonly string[]> {
    const from = this.#states.length;
    action();
    const signal = AbortSignal.timeout(10_000);
    for (;;) {
      const [state, message]: unknown[] = await once(this.#events, 'state', { signal });
      if (state === wanted) return this.#states.slice(from);
      if (state === RegistrationState.Failed)
        throw new Error(`registration failed: ${String(message)}`);
    }
  }
}
