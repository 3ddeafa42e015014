import { TransportError } from './transport-error.ts';
import type { Flow, NextHop, ResolvedTarget } from './transport.ts';

export type OpenFlow = (target: ResolvedTarget, hop: NextHop, signal: AbortSignal) => Promise<Flow>;

/** Flows we opened, one a key; several who want the same one share the attempt. registration.md §2.11. */
export class FlowPool {
  readonly #open: OpenFlow;
  readonly #flows = new Map<string, Flow>();
  readonly #keys = new Map<Flow, string>();
  readonly #attempts = new Map<string, Attempt>();
  #closed = false;

  constructor(open: OpenFlow) {
    this.#open = open;
  }

  flows(): Iterable<Flow> {
    return [...this.#flows.values()];
  }

  find(target: ResolvedTarget, hop: NextHop): Flow | undefined {
    return this.#flows.get(keyOf(target, hop));
  }

  async connect(target: ResolvedTarget, hop: NextHop, signal?: AbortSignal): Promise<Flow> {
    if (this.#closed) throw new TransportError('SIP_ABORTED', 'The transport layer is closed');
    const key = keyOf(target, hop);
    const flow = this.#flows.get(key);
    if (flow !== undefined) return flow;
    const running = this.#attempts.get(key);
    if (running?.aborted === false) return running.join(signal);
    const attempt = new Attempt((attemptSignal) => this.#start(key, target, hop, attemptSignal));
    this.#attempts.set(key, attempt);
    void this.#forgetWhenOver(key, attempt);
    return attempt.join(signal);
  }

  forget(flow: Flow): void {
    const key = this.#keys.get(flow);
    if (key === undefined) return;
    this.#keys.delete(flow);
    this.#flows.delete(key);
  }

  /** Closes all flows and gives up the attempts; new ones may follow. */
  disconnect(): void {
    for (const attempt of this.#attempts.values()) attempt.abort();
    for (const flow of this.flows()) flow.close();
  }

  close(): void {
    this.#closed = true;
    this.disconnect();
  }

  async #forgetWhenOver(key: string, attempt: Attempt): Promise<void> {
    await Promise.allSettled([attempt.flow]);
    if (this.#attempts.get(key) === attempt) this.#attempts.delete(key);
  }

  async #start(
    key: string,
    target: ResolvedTarget,
    hop: NextHop,
    signal: AbortSignal,
  ): Promise<Flow> {
    const flow = await this.#open(target, hop, signal);
    if (signal.aborted) {
      flow.close();
      throw signal.reason;
    }
    // What is closed already will not be forgotten any more.
    if (flow.closed) throw new TransportError('SIP_FLOW_BROKEN', 'The connection broke at once');
    this.#flows.set(key, flow);
    this.#keys.set(flow, key);
    return flow;
  }
}

/** One connection attempt; given up when all who wait for it have given up. */
class Attempt {
  readonly #controller = new AbortController();
  readonly flow: Promise<Flow>;
  #waiting = 0;

  constructor(start: (signal: AbortSignal) => Promise<Flow>) {
    this.flow = start(this.#controller.signal);
  }

  /** Nobody may join any more. */
  get aborted(): boolean {
    return this.#controller.signal.aborted;
  }

  abort(): void {
    this.#controller.abort(new TransportError('SIP_ABORTED', 'The connection is no longer wanted'));
  }

  join(signal: AbortSignal | undefined): Promise<Flow> {
    if (signal === undefined) {
      this.#waiting += 1;
      return this.flow;
    }
    signal.throwIfAborted();
    this.#waiting += 1;
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        reject(signal.reason);
        this.#waiting -= 1;
        if (this.#waiting === 0) this.abort();
      };
      signal.addEventListener('abort', leave, { once: true });
      this.flow.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
    });
  }
}

function keyOf(target: ResolvedTarget, hop: NextHop): string {
  const { address, port } = target.remote;
  const peer = `${target.protocol} ${address} ${port}`;
  // One socket serves every UDP peer: there is nothing to keep apart.
  if (target.protocol === 'udp') return peer;
  return `${peer} ${hop.certificateName.toLowerCase()} ${hop.isolationKey ?? ''}`;
}
