import type { SipResponse } from '../message/message.ts';
import type { Flow, NextHop } from '../transport/transport.ts';
import type {
  FailoverRules,
  PendingRequest,
  RequestBuilder,
  RequestHandler,
  RequestSender,
} from '../user-agent/pending-request.ts';

/** REGISTER goes on to the next address of the server after a 500, too (registration.md §2.7). */
const FAILOVER: FailoverRules = { statuses: [500, 503], timeout: true };

/** At most one request under way: a new one replaces it, and nothing late is heard of the old one. */
export class SingleRequest implements RequestHandler {
  readonly #sender: RequestSender;
  readonly #handler: RequestHandler;
  #pending: PendingRequest | undefined;
  #generation = 0;

  constructor(sender: RequestSender, handler: RequestHandler) {
    this.#sender = sender;
    this.#handler = handler;
  }

  get busy(): boolean {
    return this.#pending !== undefined;
  }

  /** Changes whenever a request is sent, ends or is aborted. */
  get generation(): number {
    return this.#generation;
  }

  send(nextHop: NextHop, build: RequestBuilder): void {
    this.abort();
    const generation = this.#generation;
    const pending = this.#sender.send(nextHop, build, this, FAILOVER);
    // The sender may have failed at once.
    if (generation === this.#generation) this.#pending = pending;
  }

  abort(): void {
    const pending = this.#pending;
    this.#finish();
    pending?.abort();
  }

  onProvisional(response: SipResponse, flow: Flow): void {
    this.#handler.onProvisional?.(response, flow);
  }

  onResponse(response: SipResponse, flow: Flow): void {
    this.#finish();
    this.#handler.onResponse(response, flow);
  }

  onTimeout(flow: Flow): void {
    this.#finish();
    this.#handler.onTimeout(flow);
  }

  onTransportError(error: Error): void {
    this.#finish();
    this.#handler.onTransportError(error);
  }

  #finish(): void {
    this.#generation += 1;
    this.#pending = undefined;
  }
}
