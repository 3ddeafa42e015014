import type { SipResponse } from '../message/message.ts';
import type { Flow } from '../transport/transport.ts';
import type { FlowObserver } from './flow-watch.ts';
import type { RegistrationContext } from './registration-context.ts';

/**
 * The flow a binding was made over: its loss must be noticed although no request is under way. Of datagrams
 * that is the loss of our own port, and with it of the address a NAT gave it.
 */
export class BoundFlow {
  readonly #context: Pick<RegistrationContext, 'flows' | 'superviseFlow'>;
  readonly #observer: FlowObserver;
  #flow: Flow | undefined;

  constructor(
    context: Pick<RegistrationContext, 'flows' | 'superviseFlow'>,
    observer: FlowObserver,
  ) {
    this.#context = context;
    this.#observer = observer;
  }

  is(flow: Flow): boolean {
    return flow === this.#flow;
  }

  /** `supported`: what we offered. */
  join(flow: Flow, response: SipResponse, supported: string): void {
    if (speaksOutbound(response, supported)) this.#context.superviseFlow?.(flow);
    if (flow === this.#flow) return undefined;
    this.leave();
    this.#flow = flow;
    return this.#context.flows.attach(flow, this.#observer);
  }

  leave(): void {
    if (this.#flow !== undefined) this.#context.flows.detach(this.#flow, this.#observer);
    this.#flow = undefined;
  }
}

/** Both sides speak RFC 5626: the server answers keep-alives, and is missed when it does not. */
function speaksOutbound({ headers }: SipResponse, supported: string): boolean {
  const tags = [...headers.getAll('Supported'), ...headers.getAll('Require')];
  return tags.includes('outbound') && /\boutbound\b/.test(supported);
}
