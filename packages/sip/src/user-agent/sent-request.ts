import type { SipResponse } from '../message/message.ts';
import type { NonInviteClientTransaction } from '../transaction/non-invite-client-transaction.ts';
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
export class SentRequest implements PendingRequest {
  readonly #parts: RequestSenderParts;
  readonly #task: SendTask;
  readonly #giveUp = new AbortController();
  #targets: ResolvedTarget[] = [];
  #transaction: NonInviteClientTransaction | undefined;

  constructor(parts: RequestSenderParts, task: SendTask) {
    this.#parts = parts;
    this.#task = task;
  }

  start(): void {
    void this.#run();
  }

  abort(): void {
    this.#giveUp.abort(new TransportError('SIP_ABORTED', 'The request was given up'));
    this.#transaction?.stop();
  }

  async #run(): Promise<void> {
    try {
      const found = await this.#parts.resolver.resolve(this.#task.hop, this.#giveUp.signal);
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
        const flow = await transport.connect(target, this.#task.hop, this.#giveUp.signal);
        this.#transmit(flow);
        return;
      } catch (error) {
        if (this.#giveUp.signal.aborted) return;
        failure = error;
      }
    }
  }

  #transmit(flow: Flow): void {
    if (this.#giveUp.signal.aborted) return;
    const { hop, build, handler } = this.#task;
    const { random, transactions, useRport } = this.#parts;
    const via = { random, useRport: useRport?.() ?? true };
    const request = withTopVia(build(flow), flow, hop, via);
    this.#transaction = transactions.request(request, flow, {
      onProvisional: (response) => handler.onProvisional?.(response, flow),
      onFinal: (response) => this.#onFinal(response, flow),
      onTimeout: () => this.#onTimeout(flow),
      onTransportError: (error) => this.#onTransportError(error, flow),
    });
  }

  #onFinal(response: SipResponse, flow: Flow): void {
    const { failover, handler } = this.#task;
    if (failover.statuses.includes(response.status) && this.#targets.length > 0) {
      void this.#tryNext();
    } else {
      handler.onResponse(response, flow);
    }
  }

  #onTimeout(flow: Flow): void {
    const { failover, handler } = this.#task;
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
  #onTransportError(error: Error, flow: Flow): void {
    const neverWorked = flow.lastReceivedAt === undefined;
    if (neverWorked && this.#targets.length > 0) void this.#tryNext();
    else this.#task.handler.onTransportError(error);
  }

  #isSilent({ lastReceivedAt }: Flow): boolean {
    return lastReceivedAt === undefined || this.#parts.clock.now() - lastReceivedAt >= SILENCE_MS;
  }

  #fail(error: unknown): void {
    if (this.#giveUp.signal.aborted) return;
    this.#task.handler.onTransportError(
      error instanceof Error
        ? error
        : new TransportError('SIP_CONNECT_FAILED', 'No address could be reached', { cause: error }),
    );
  }
}
