import type { NextHop } from '../transport/transport.ts';
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
export class SingleRequest {
  readonly #sender: RequestSender;
  #pending: PendingRequest | undefined;
  #generation = 0;

  constructor(sender: RequestSender) {
    this.#sender = sender;
  }

  get busy(): boolean {
    return this.#pending !== undefined;
  }

  /** Changes whenever a request is sent, ends or is aborted. */
  get generation(): number {
    return this.#generation;
  }

  send(nextHop: NextHop, build: RequestBuilder, handler: RequestHandler): void {
    this.abort();
    const generation = this.#generation;
    const finish = (): boolean => {
      if (generation !== this.#generation) return false;
      this.#generation += 1;
      this.#pending = undefined;
      return true;
    };
    const guarded: RequestHandler = {
      onProvisional: (response, flow) => {
        if (generation === this.#generation) handler.onProvisional?.(response, flow);
      },
      onResponse: (response, flow) => {
        if (finish()) handler.onResponse(response, flow);
      },
      onTimeout: (flow) => {
        if (finish()) handler.onTimeout(flow);
      },
      onTransportError: (error) => {
        if (finish()) handler.onTransportError(error);
      },
    };
    const pending = this.#sender.send(nextHop, build, guarded, FAILOVER);
    // The sender may have failed at once.
    if (generation === this.#generation) this.#pending = pending;
  }

  abort(): void {
    this.#generation += 1;
    this.#pending?.abort();
    this.#pending = undefined;
  }
}
