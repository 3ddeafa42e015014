import { EventEmitter, once } from 'node:events';
import type { SipMessage } from '../message/message.ts';
import type { Flow, FlowListener } from '../transport/transport.ts';

/** A flow listener that remembers what it was told, with a way to wait for it. */
export class FlowEvents implements FlowListener {
  readonly messages: { readonly message: SipMessage; readonly flow: Flow }[] = [];
  readonly closed: { readonly flow: Flow; readonly error: Error | undefined }[] = [];
  readonly malformed: Error[] = [];
  pongs = 0;
  readonly #emitter = new EventEmitter();
  readonly #then: (message: SipMessage, flow: Flow) => void;

  /** @param then called after each message was noted */
  constructor(then: (message: SipMessage, flow: Flow) => void = () => {}) {
    this.#then = then;
  }

  /** Resolves once `condition` holds, checked at each event. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await once(this.#emitter, 'change');
  }

  onMessage(message: SipMessage, flow: Flow): void {
    this.messages.push({ message, flow });
    this.#emitter.emit('change');
    this.#then(message, flow);
  }

  onPong(): void {
    this.pongs += 1;
    this.#emitter.emit('change');
  }

  onFlowClosed(flow: Flow, error: Error | undefined): void {
    this.closed.push({ flow, error });
    this.#emitter.emit('change');
  }

  onMalformed(error: Error): void {
    this.malformed.push(error);
    this.#emitter.emit('change');
  }
}
