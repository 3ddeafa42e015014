import type { Clock } from '../time/clock.ts';
import type { Random } from '../time/random.ts';
import type { TimerValues } from '../transaction/timers.ts';
import { type RequestListener, TransactionLayer } from '../transaction/transaction-layer.ts';
import type { Resolver } from '../transport/dns/resolver.ts';
import type { ReportFault } from '../transport/report-fault.ts';
import type { Flow, FlowListener, TransportLayer } from '../transport/transport.ts';
import { KeepAlive } from './keep-alive.ts';
import type { RequestSender } from './pending-request.ts';
import { createRequestSender } from './request-sender.ts';

/** What a user agent needs, and what it may be told. */
export interface UserAgentOptions<T extends TransportLayer> {
  readonly clock: Clock;
  readonly random: Random;
  readonly resolver: Resolver;
  /** Usually `(listener) => createTransportLayer({ …, listener })`. */
  readonly createTransport: (listener: FlowListener) => T;
  /** Requests that arrive; default: answered 501. */
  readonly onRequest?: RequestListener;
  /** After the transactions of the flow were told. */
  readonly onFlowClosed?: (flow: Flow, error: Error | undefined) => void;
  readonly onPong?: (flow: Flow) => void;
  /** Errors thrown by `onRequest`; default: a process warning. */
  readonly onFault?: ReportFault;
  readonly timers?: TimerValues;
  readonly pongTimeoutMs?: number;
  /** Whether a flow is worth being kept alive; default: every one. */
  readonly isNeeded?: (flow: Flow) => boolean;
  readonly preferPrimary?: () => boolean;
  readonly useRport?: () => boolean;
}

/** Transport, transactions, request sending and keep-alive of one SIP element, put together. */
export interface UserAgent<T extends TransportLayer = TransportLayer> {
  readonly transport: T;
  readonly transactions: TransactionLayer;
  readonly requests: RequestSender;
  readonly keepAlive: KeepAlive;
  /** Ends transactions silently, then closes flows and listeners. */
  close(): Promise<void>;
}

/**
 * @example
 * const resolver = createResolver({ clock, random });
 * const agent = createUserAgent({
 *   clock, random, resolver,
 *   createTransport: (listener) => createTransportLayer({ clock, random, listener }),
 * });
 */
export function createUserAgent<T extends TransportLayer>(
  options: UserAgentOptions<T>,
): UserAgent<T> {
  const { clock, random, resolver, onRequest, onFault, timers, pongTimeoutMs } = options;
  const { preferPrimary, useRport } = options;
  const transactions = new TransactionLayer({
    clock,
    ...(onRequest && { onRequest }),
    ...(onFault && { onFault }),
    ...(timers && { timers }),
  });
  const transport = options.createTransport({
    onMessage: (message, flow) => transactions.onMessage(message, flow),
    onMalformed: (error, flow, request) => transactions.onMalformed(error, flow, request),
    onPong(flow) {
      keepAlive.onPong(flow);
      options.onPong?.(flow);
    },
    onFlowClosed(flow, error) {
      keepAlive.onFlowClosed(flow);
      transactions.onFlowClosed(flow, error);
      options.onFlowClosed?.(flow, error);
    },
  });
  const keepAlive = new KeepAlive({
    clock,
    flows: () => transport.flows(),
    ...(options.isNeeded && { isNeeded: options.isNeeded }),
    ...(pongTimeoutMs !== undefined && { pongTimeoutMs }),
  });
  return {
    transport,
    transactions,
    requests: createRequestSender({
      transport,
      transactions,
      resolver,
      clock,
      random,
      ...(preferPrimary && { preferPrimary }),
      ...(useRport && { useRport }),
    }),
    keepAlive,
    async close() {
      keepAlive.close();
      transactions.close();
      await transport.close();
    },
  };
}
