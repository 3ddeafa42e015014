import { isIP } from 'node:net';
import type { SipResponse } from '../message/message.ts';
import type { Flow } from '../transport/transport.ts';

/** Host and port under which the other side sees a flow. */
export interface PublicAddress {
  readonly host: string;
  readonly port: number | undefined;
}

/**
 * What responses taught about our address on each flow (registration.md §2.10): Via `received` and
 * `rport` (RFC 3581 §4), else the Via as we wrote it.
 */
export class PublicAddresses {
  readonly #byFlow = new WeakMap<Flow, PublicAddress>();

  learn(response: SipResponse, flow: Flow): void {
    // WebSocket clients use a made-up name on purpose (RFC 7118 §5).
    if (flow.protocol === 'ws' || flow.protocol === 'wss') return;
    const via = response.headers.via[0];
    if (via === undefined) return;
    const rport = Number(via.params.get('rport') ?? Number.NaN);
    const host = addressIn(via.params.get('received')) ?? via.host;
    const port = Number.isInteger(rport) && rport > 0 && rport < 65_536 ? rport : via.port;
    const known = this.#byFlow.get(flow);
    if (known?.host !== host || known.port !== port) this.#byFlow.set(flow, { host, port });
  }

  of(flow: Flow): PublicAddress | undefined {
    return this.#byFlow.get(flow);
  }
}

/** What is no address would make a Contact at which nobody is reached. RFC 5118 §4.5: brackets occur. */
function addressIn(received: string | null | undefined): string | undefined {
  const address = received?.replace(/^\[(.*)\]$/, '$1');
  return address !== undefined && isIP(address) !== 0 ? address : undefined;
}
