import type { SipResponse } from '../message/message.ts';
import type {
  ClientTransactionUser,
  NonInviteClientTransaction,
} from '../transaction/non-invite-client-transaction.ts';
import { literalTarget } from '../transport/dns/resolver.ts';
import { TransportError } from '../transport/transport-error.ts';
import type { Flow, NextHop, ResolvedTarget } from '../transport/transport.ts';
import type {
  FailoverRules,
  PendingRequest,
  RequestBuilder,
  RequestHandler,
} from './pending-request.ts';
import type { RequestSenderParts } from './request-sender.ts';
import { withTopVia } from './top-via.ts';

/** A flow that gave no sign of life for this long is taken for dead. registration.md §2.7. */
const SILENCE_MS = 60_000;

/** Shared by requests that need no second address; they never add to it. */
const NO_TARGETS: ResolvedTarget[] = [];

export interface SendTask {
  readonly hop: NextHop;
  readonly build: RequestBuilder;
  readonly handler: RequestHandler;
  readonly failover: FailoverRules;
}

/**
 * One request on its way: resolution, then one address after the other, each with its own flow and
 * transaction, until one answers. RFC 3263 §4.3.
 */
export class SentRequest implements PendingRequest, ClientTransactionUser {
  readonly #parts: RequestSenderParts;
  readonly #task: SendTask;
  #aborted = false;
  /** While there is something to wait for before the request can go out. */
  #waiting: AbortController | undefined;
  #targets: ResolvedTarget[] = NO_TARGETS;
  #flow: Flow | undefined;
  #transaction: NonInviteClientTransaction | undefined;

  constructor(parts: RequestSenderParts, task: SendTask) {
    this.#parts = parts;
    this.#task = task;
  }

  /** Over an open flow to an address the request goes out at once. */
  start(): void {
    const { hop } = this.#task;
    const target = literalTarget(hop);
    const flow = target && this.#parts.transport.find(target, hop);
    if (flow === undefined) {
      void this.#run();
      return;
    }
    try {
      this.#transmit(flow);
    } catch (error) {
      this.#fail(error);
    }
  }

  abort(): void {
    this.#aborted = true;
    this.#waiting?.abort(new TransportError('SIP_ABORTED', 'The request was given up'));
    this.#transaction?.stop();
  }

  onProvisional(response: SipResponse): void {
    if (this.#flow !== undefined) this.#task.handler.onProvisional?.(response, this.#flow);
  }

  onFinal(response: SipResponse): void {
    const { failover, handler } = this.#task;
    if (failover.statuses.includes(response.status) && this.#targets.length > 0) {
      void this.#tryNext();
    } else if (this.#flow !== undefined) {
      handler.onResponse(response, this.#flow);
    }
  }

  onTimeout(): void {
    const { failover, handler } = this.#task;
    const flow = this.#flow;
    if (flow === undefined) return;
    if (!failover.timeout || !this.#isSilent(flow)) {
      handler.onTimeout(flow);
    } else if (this.#targets.length > 0) {
      flow.close();
      void this.#tryNext();
    } else if (flow.reliable) {
      // A connection that swallowed the request is lost, whatever TCP says; its users are told.
      const error = new TransportError('SIP_FLOW_BROKEN', 'The connection is silent');
      flow.close(error);
      handler.onTransportError(error);
    } else {
      handler.onTimeout(flow);
    }
  }

  /** A flow that never answered is as good as one that never connected; one that did is reported at once. */
  onTransportError(error: Error): void {
    const neverWorked = this.#flow?.lastReceivedAt === undefined;
    if (neverWorked && this.#targets.length > 0) void this.#tryNext();
    else this.#task.handler.onTransportError(error);
  }

  async #run(): Promise<void> {
    try {
      const { hop } = this.#task;
      this.#waiting = new AbortController();
      const found = await this.#parts.resolver.resolve(hop, this.#waiting.signal);
      this.#targets = this.#bestFirst(found);
    } catch (error) {
      this.#fail(error);
      return;
    }
    await this.#tryNext();
  }

  /** The address heard from last comes first: an SRV draw must not move a registered phone. */
  #bestFirst(targets: readonly ResolvedTarget[]): ResolvedTarget[] {
    const { transport, preferPrimary } = this.#parts;
    if (targets.length === 1 || preferPrimary?.() === true) return [...targets];
    const heardAt = (target: ResolvedTarget): number =>
      transport.find(target, this.#task.hop)?.lastReceivedAt ?? Number.NEGATIVE_INFINITY;
    return targets
      .map((target) => ({ target, at: heardAt(target) }))
      .toSorted((a, b) => (a.at === b.at ? 0 : b.at - a.at))
      .map(({ target }) => target);
  }

  /** Connects to the next address; those that refuse are passed over. */
  async #tryNext(): Promise<void> {
    const { transport } = this.#parts;
    let failure: unknown;
    for (;;) {
      const target = this.#targets.shift();
      if (target === undefined) {
        this.#fail(failure);
        return;
      }
      try {
        const flow = await transport.connect(target, this.#task.hop, this.#waiting?.signal);
        this.#transmit(flow);
        return;
      } catch (error) {
        if (this.#aborted) return;
        failure = error;
      }
    }
  }

  #transmit(flow: Flow): void {
    if (this.#aborted) return;
    const { hop, build } = this.#task;
    const { random, transactions, useRport } = this.#parts;
    const via = { random, useRport: useRport?.() ?? true };
    this.#flow = flow;
    this.#transaction = transactions.request(withTopVia(build(flow), flow, hop, via), flow, this);
  }

  #isSilent({ lastReceivedAt }: Flow): boolean {
    return lastReceivedAt === undefined || this.#parts.clock.now() - lastReceivedAt >= SILENCE_MS;
  }

  #fail(error: unknown): void {
    if (this.#aborted) return;
    this.#task.handler.onTransportError(
      error instanceof Error
        ? error
        : new TransportError('SIP_CONNECT_FAILED', 'No address could be reached', { cause: error }),
    );
  }
}
