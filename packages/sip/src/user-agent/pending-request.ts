import type { SipRequest, SipResponse } from '../message/message.ts';
import type { Flow, NextHop } from '../transport/transport.ts';

/**
 * Builds the request once the flow is ready: Contact and Via need its address. The Via added by the
 * user agent must not be part of it.
 */
export type RequestBuilder = (flow: Flow) => SipRequest;

/** How a request ended. Exactly one of these is called, once, unless the request was aborted. */
export interface RequestHandler {
  /** A provisional (1xx) response; may come several times. */
  onProvisional?(response: SipResponse, flow: Flow): void;
  /** The first final response. */
  onResponse(response: SipResponse, flow: Flow): void;
  /** Timer F: no final response within 64*T1 of a ready flow. RFC 3261 §17.1.2.2. */
  onTimeout(flow: Flow): void;
  /** Resolution, connect, TLS, or send failed on every candidate. */
  onTransportError(error: Error): void;
}

/** A request under way. */
export interface PendingRequest {
  /** Stops transaction and timers; no handler is called afterwards. */
  abort(): void;
}

/** When an answer, or its absence, makes the next address worth trying. RFC 3263 §4.3. */
export interface FailoverRules {
  /** Final responses that count as a failure of this address; default 503. */
  readonly statuses: readonly number[];
  /** Whether no answer within timer F does, on a flow silent for a minute; default true. */
  readonly timeout: boolean;
}

/** Sends requests outside dialogs: resolves the next hop, opens or reuses a flow, runs a transaction. */
export interface RequestSender {
  send(
    nextHop: NextHop,
    build: RequestBuilder,
    handler: RequestHandler,
    failover?: FailoverRules,
  ): PendingRequest;
}
