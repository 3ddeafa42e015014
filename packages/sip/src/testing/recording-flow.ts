import type { SipMessage } from '../message/message.ts';
import { TransportError } from '../transport/transport-error.ts';
import type { Flow, TransportProtocol } from '../transport/transport.ts';

/** A flow that leads nowhere and remembers what it was given. */
export class RecordingFlow implements Flow {
  readonly protocol: TransportProtocol;
  readonly reliable: boolean;
  readonly local = { address: '198.51.100.7', port: 5060 };
  readonly remote = { address: '192.0.2.10', port: 5060 };
  readonly sentBy = { host: '198.51.100.7', port: 5060 };
  readonly sent: SipMessage[] = [];
  accepted = false;
  closed = false;
  closedWith: Error | undefined;
  lastReceivedAt: number | undefined;
  pings = 0;
  /** Makes datagrams fail. */
  failure: Error | undefined;

  constructor(protocol: TransportProtocol = 'udp') {
    this.protocol = protocol;
    this.reliable = protocol !== 'udp';
  }

  send(message: SipMessage, onError?: (error: Error) => void): void {
    const failure = this.closed ? new TransportError('SIP_FLOW_BROKEN', 'closed') : this.failure;
    if (failure === undefined) this.sent.push(message);
    else onError?.(failure);
  }

  sendKeepAlive(): void {
    this.pings += 1;
  }

  close(error?: Error): void {
    this.closed = true;
    this.closedWith = error;
  }
}
