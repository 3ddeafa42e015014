import { isUtf8 } from 'node:buffer';
import type { RawData, WebSocket } from 'ws';
import { parseMessage } from '../message/parse-message.ts';
import { ConnectionFlow, type ConnectionFacts } from './connection-flow.ts';
import type { FlowContext } from './flow-context.ts';
import { TransportError } from './transport-error.ts';

/** SIP over one WebSocket, one message a frame. RFC 7118. */
export class WebSocketFlow extends ConnectionFlow {
  readonly #socket: WebSocket;

  constructor(socket: WebSocket, facts: ConnectionFacts, context: FlowContext) {
    super(facts, context);
    this.#socket = socket;
  }

  start(): this {
    this.#socket.on('message', (data) => this.#onFrame(data));
    this.#socket.on('ping', () => this.heard());
    this.#socket.on('pong', () => {
      this.heard();
      this.heardPong();
    });
    this.#socket.on('error', (cause) => {
      this.close(new TransportError('SIP_FLOW_BROKEN', 'The WebSocket broke', { cause }));
    });
    this.#socket.on('close', () => this.close());
    this.watch();
    return this;
  }

  sendKeepAlive(): void {
    if (!this.closed) this.#socket.ping();
  }

  protected write(bytes: Uint8Array): void {
    // RFC 7118 §5: text frames must be UTF-8, anything else travels in binary ones.
    this.#socket.send(bytes, { binary: !isUtf8(bytes) });
    this.wrote(this.#socket.bufferedAmount);
  }

  protected shut(politely: boolean): void {
    if (politely) this.#socket.close();
    else this.#socket.terminate();
  }

  #onFrame(data: RawData): void {
    this.heard();
    const bytes = Array.isArray(data) ? Buffer.concat(data) : new Uint8Array(data);
    if (isOnlyLineEnds(bytes)) {
      // RFC 5626 §4.4.1 pings are answered on WebSocket too: some clients send them (RFC 7118 §6).
      if (!this.accepted) this.heardPong();
      else if (bytes.length === 4) this.#socket.send('\r\n');
      return;
    }
    const result = parseMessage(bytes);
    this.messageComplete();
    if (result.ok) this.deliver(result.message);
    else this.malformed(result);
  }
}

function isOnlyLineEnds(bytes: Uint8Array): boolean {
  return bytes.length <= 4 && bytes.every((byte) => byte === 13 || byte === 10);
}
