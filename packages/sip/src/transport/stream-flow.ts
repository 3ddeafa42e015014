import type { Socket } from 'node:net';
import { StreamFraming } from '../message/stream-framing.ts';
import { ConnectionFlow, type ConnectionFacts } from './connection-flow.ts';
import type { FlowContext } from './flow-context.ts';
import { TransportError } from './transport-error.ts';

const PING = Buffer.from('\r\n\r\n');
const PONG = Buffer.from('\r\n');
/** How long a peer that is told goodbye may take to read it. */
const GOODBYE_MS = 5000;

/** SIP over one TCP or TLS connection. RFC 3261 §18.3. */
export class StreamFlow extends ConnectionFlow {
  readonly #socket: Socket;
  readonly #framing: StreamFraming;
  #error: Error | undefined;

  constructor(socket: Socket, facts: ConnectionFacts, context: FlowContext) {
    super(facts, context);
    this.#socket = socket;
    this.#framing = new StreamFraming(facts.accepted ? 'server' : 'client');
  }

  start(): this {
    this.#socket.on('data', (chunk: Buffer) => this.#onData(chunk));
    this.#socket.on('error', (error) => (this.#error = error));
    this.#socket.on('close', () => this.close(this.#breakage()));
    this.watch();
    return this;
  }

  sendKeepAlive(): void {
    if (!this.closed) this.write(PING);
  }

  protected write(bytes: Uint8Array): void {
    this.#socket.write(bytes);
    this.wrote(this.#socket.writableLength);
  }

  protected shut(politely: boolean): void {
    if (!politely) {
      this.#socket.destroy();
      return;
    }
    this.#socket.setTimeout(GOODBYE_MS, () => this.#socket.destroy());
    this.#socket.destroySoon();
  }

  #onData(chunk: Buffer): void {
    this.heard();
    for (const event of this.#framing.push(chunk)) {
      switch (event.kind) {
        case 'message':
          this.messageComplete();
          this.deliver(event.message);
          break;
        case 'ping':
          this.messageComplete();
          if (!this.closed) this.write(PONG);
          break;
        case 'pong':
          this.heardPong();
          break;
        case 'malformed':
          // Nothing says where the next message begins: the connection ends, after a possible answer.
          this.malformed(event.failure);
          this.close();
          return;
      }
    }
    if (!this.closed && this.#framing.unfinished) this.expectMessage();
  }

  #breakage(): Error | undefined {
    const cause = this.#error;
    return cause && new TransportError('SIP_FLOW_BROKEN', 'The connection broke', { cause });
  }
}
