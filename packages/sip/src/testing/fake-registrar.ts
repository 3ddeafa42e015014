import type { SipRequest } from '../message/message.ts';
import type { Clock } from '../time/clock.ts';
import { TransactionLayer } from '../transaction/transaction-layer.ts';
import { DEFAULT_PORTS } from '../transport/default-port.ts';
import { type Flow, TRANSPORT_PROTOCOLS } from '../transport/transport.ts';
import { type Answer, accept } from './fake-answers.ts';
import type { FakeNetwork } from './fake-network.ts';
import type { FakeTransport } from './fake-transport.ts';

/**
 * A registrar that says what the test tells it to say. It listens on the default port of every
 * transport of one address.
 *
 * @example
 * registrar.answerNext(challenge(), accept({ expiresSeconds: 60 }));
 */
export class FakeRegistrar {
  /** Every request, retransmissions left out, oldest first. */
  readonly requests: SipRequest[] = [];
  /** The flow of each request. */
  readonly flows: Flow[] = [];
  readonly transport: FakeTransport;
  readonly transactions: TransactionLayer;
  readonly #next: Answer[] = [];
  #otherwise: Answer = accept();

  constructor(network: FakeNetwork, address: string, clock: Clock) {
    this.transactions = new TransactionLayer({
      clock,
      onRequest: (request, flow, respond) => {
        this.requests.push(request);
        this.flows.push(flow);
        const response = (this.#next.shift() ?? this.#otherwise)(request, flow);
        if (response !== undefined) respond(response);
      },
    });
    this.transport = network.attach(address, this.transactions);
    for (const protocol of TRANSPORT_PROTOCOLS) {
      this.transport.listenTo(protocol, DEFAULT_PORTS[protocol]);
    }
  }

  /** The latest request. */
  get lastRequest(): SipRequest | undefined {
    return this.requests.at(-1);
  }

  /** One answer each for the next requests. */
  answerNext(...answers: readonly Answer[]): this {
    this.#next.push(...answers);
    return this;
  }

  /** The answer when none is queued; in the beginning `accept()`. */
  answerAll(answer: Answer): this {
    this.#otherwise = answer;
    return this;
  }
}
