import { SipParseError } from '../errors/sip-parse-error.ts';
import type { SipMessage, SipRequest, SipResponse } from '../message/message.ts';
import { createResponse } from '../message/response.ts';
import type { Clock } from '../time/clock.ts';
import { type ReportFault, warnOfFault } from '../transport/report-fault.ts';
import { TransportError } from '../transport/transport-error.ts';
import type { Flow, FlowListener } from '../transport/transport.ts';
import {
  type ClientTransactionUser,
  NonInviteClientTransaction,
} from './non-invite-client-transaction.ts';
import { NonInviteServerTransaction } from './non-invite-server-transaction.ts';
import { withReceivedVia } from './received-via.ts';
import { DEFAULT_TIMERS, type TimerValues } from './timers.ts';
import { clientKey, serverKey } from './transaction-key.ts';

/**
 * Handles one new request; retransmissions do not come here. `respond` may be called later, and
 * several times with provisional responses before the final one.
 */
export type RequestListener = (
  request: SipRequest,
  flow: Flow,
  respond: (response: SipResponse) => void,
) => void;

/** What a transaction layer needs, and what it may be told. */
export interface TransactionLayerOptions {
  readonly clock: Clock;
  /** Default: every request is answered 501. */
  readonly onRequest?: RequestListener;
  /** Errors thrown by `onRequest`, answered 500; default: a process warning. */
  readonly onFault?: ReportFault;
  readonly timers?: TimerValues;
  /** Server transactions kept at once, default 200 000; the oldest make room. */
  readonly maxServerTransactions?: number;
}

const NOT_IMPLEMENTED: RequestListener = (request, _flow, respond) => {
  respond(createResponse(request, 501));
};

/**
 * Matches messages to transactions and makes new ones. RFC 3261 §17, without INVITE, which nothing
 * here sends: an INVITE is answered without transaction (§8.2.7), an ACK is absorbed.
 */
export class TransactionLayer implements FlowListener {
  readonly #clock: Clock;
  readonly #timers: TimerValues;
  readonly #onRequest: RequestListener;
  readonly #onFault: ReportFault;
  readonly #maxServers: number;
  readonly #clients = new Map<string, NonInviteClientTransaction>();
  /** Those that end with their connection. */
  readonly #clientsByFlow = new Map<Flow, Set<NonInviteClientTransaction>>();
  /** Oldest first. */
  readonly #servers = new Map<string, NonInviteServerTransaction>();

  constructor(options: TransactionLayerOptions) {
    this.#clock = options.clock;
    this.#timers = options.timers ?? DEFAULT_TIMERS;
    this.#onRequest = options.onRequest ?? NOT_IMPLEMENTED;
    this.#onFault = options.onFault ?? warnOfFault;
    this.#maxServers = options.maxServerTransactions ?? 200_000;
  }

  get clientCount(): number {
    return this.#clients.size;
  }

  get serverCount(): number {
    return this.#servers.size;
  }

  /** Sends a request, whose top Via carries a fresh branch, and sees to its answer. */
  request(
    request: SipRequest,
    flow: Flow,
    user: ClientTransactionUser,
  ): NonInviteClientTransaction {
    const key = clientKey(request);
    const transaction = new NonInviteClientTransaction({
      request,
      flow,
      user,
      clock: this.#clock,
      timers: this.#timers,
      onTerminated: () => {
        this.#clients.delete(key);
        this.#leaveFlow(flow, transaction);
      },
    });
    this.#clients.set(key, transaction);
    this.#joinFlow(flow, transaction);
    transaction.start();
    return transaction;
  }

  onMessage(message: SipMessage, flow: Flow): void {
    if (message.kind === 'request') this.#receiveRequest(message, flow);
    else this.#receiveResponse(message);
  }

  onFlowClosed(flow: Flow, error: Error | undefined): void {
    const transactions = this.#clientsByFlow.get(flow);
    if (transactions === undefined) return;
    this.#clientsByFlow.delete(flow);
    const cause = error ?? new TransportError('SIP_FLOW_BROKEN', 'The connection was closed');
    for (const transaction of transactions) transaction.transportFailed(cause);
  }

  /** RFC 3261 §21.4.1: what can be answered is told what is wrong with it. */
  onMalformed(error: SipParseError, flow: Flow, request?: SipRequest): void {
    if (request === undefined || request.method === 'ACK') return;
    flow.send(createResponse(request, error.responseStatus));
  }

  /** Ends every transaction silently. */
  close(): void {
    for (const transaction of this.#clients.values()) transaction.stop();
    for (const transaction of this.#servers.values()) transaction.stop();
  }

  #receiveResponse(response: SipResponse): void {
    // §8.1.3.3: a response with further Vias is meant for somebody else.
    if (response.headers.via.length > 1) return;
    this.#clients.get(clientKey(response))?.receive(response);
  }

  #receiveRequest(request: SipRequest, flow: Flow): void {
    if (request.method === 'ACK') return;
    const key = serverKey(request);
    const received = withReceivedVia(request, flow);
    if (key === undefined) {
      flow.send(createResponse(received, 400, 'Branch of RFC 3261 required'));
      return;
    }
    if (request.method === 'INVITE') {
      this.#passUp(received, flow, (response) => flow.send(response));
      return;
    }
    const known = this.#servers.get(key);
    if (known !== undefined) {
      known.receiveAgain(flow);
      return;
    }
    const transaction = new NonInviteServerTransaction({
      flow,
      clock: this.#clock,
      timers: this.#timers,
      onTerminated: () => this.#servers.delete(key),
    });
    this.#makeRoom();
    this.#servers.set(key, transaction);
    this.#passUp(received, flow, (response) => transaction.respond(response));
  }

  #passUp(request: SipRequest, flow: Flow, respond: (response: SipResponse) => void): void {
    try {
      this.#onRequest(request, flow, respond);
    } catch (error) {
      // Header fields are parsed when first asked for: a malformed one shows up here.
      const isMalformed = error instanceof SipParseError;
      if (!isMalformed) this.#onFault(error);
      respond(createResponse(request, isMalformed ? error.responseStatus : 500));
    }
  }

  #makeRoom(): void {
    if (this.#servers.size < this.#maxServers) return;
    for (const oldest of this.#servers.values()) {
      oldest.stop();
      return;
    }
  }

  #joinFlow(flow: Flow, transaction: NonInviteClientTransaction): void {
    if (!flow.reliable) return;
    const transactions = this.#clientsByFlow.get(flow);
    if (transactions === undefined) this.#clientsByFlow.set(flow, new Set([transaction]));
    else transactions.add(transaction);
  }

  #leaveFlow(flow: Flow, transaction: NonInviteClientTransaction): void {
    const transactions = this.#clientsByFlow.get(flow);
    transactions?.delete(transaction);
    if (transactions?.size === 0) this.#clientsByFlow.delete(flow);
  }
}
