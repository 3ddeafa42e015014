import type { SipMessage } from '../message/message.ts';
import type { Clock } from '../time/clock.ts';
import type { ReportFault } from './report-fault.ts';
import type { TransportLimits } from './limits.ts';
import type { Flow, FlowListener } from './transport.ts';

/** What went wrong without anybody to tell: for metrics. */
export interface TransportCounters {
  malformedMessages: number;
  oversizeDatagrams: number;
  refusedConnections: number;
  failedHandshakes: number;
}

/** Each message on the wire, for traces. */
export type MessageTrace = (direction: 'in' | 'out', message: SipMessage, flow: Flow) => void;

/** What every flow needs from the layer that owns it. */
export interface FlowContext {
  readonly clock: Clock;
  readonly limits: TransportLimits;
  readonly counters: TransportCounters;
  readonly listener: FlowListener;
  readonly trace?: MessageTrace;
  readonly onFault: ReportFault;
  /** Forgets the flow; called once, before the listener hears of it. */
  forget(flow: Flow): void;
}

export function createCounters(): TransportCounters {
  return {
    malformedMessages: 0,
    oversizeDatagrams: 0,
    refusedConnections: 0,
    failedHandshakes: 0,
  };
}

/** Hands a message up. A fault above must not tear down the socket it came from, let alone the process. */
export function deliver(context: FlowContext, message: SipMessage, flow: Flow): void {
  context.trace?.('in', message, flow);
  try {
    context.listener.onMessage(message, flow);
  } catch (error) {
    context.onFault(error);
  }
}
