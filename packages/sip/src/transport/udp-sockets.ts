import { isIP } from 'node:net';
import type { FlowContext } from './flow-context.ts';
import { TransportError } from './transport-error.ts';
import type { SocketAddress } from './transport.ts';
import type { UdpFlow } from './udp-flow.ts';
import { bindUdp, localAddressTowards, type UdpSocket } from './udp-socket.ts';

const WILDCARDS: Readonly<Record<number, string>> = { 4: '0.0.0.0', 6: '::' };

/** The UDP sockets of a transport layer: those asked for, and one a family opened for sending alone. */
export class UdpSockets {
  readonly #context: FlowContext;
  readonly #listening = new Set<UdpSocket>();
  readonly #forSending = new Map<number, Promise<UdpSocket>>();
  #closed = false;

  constructor(context: FlowContext) {
    this.#context = context;
  }

  async listen(host: string, port: number): Promise<SocketAddress> {
    const socket = await bindUdp(host, port, this.#context);
    this.#listening.add(socket);
    return socket.address;
  }

  async unlisten({ address, port }: SocketAddress): Promise<void> {
    for (const socket of this.#listening) {
      if (socket.address.address !== address || socket.address.port !== port) continue;
      this.#listening.delete(socket);
      await socket.close();
    }
  }

  /** A flow from a listening socket if one can reach `remote`: the peer may answer to where we listen. */
  async flowTo(remote: SocketAddress, signal: AbortSignal): Promise<UdpFlow> {
    const family = isIP(remote.address);
    const local = await localAddressTowards(remote);
    for (;;) {
      const listening = this.#listeningOn(local) ?? this.#listeningOn(WILDCARDS[family] ?? '');
      const socket = listening ?? (await this.#socketForSending(family));
      if (this.#closed) throw new TransportError('SIP_ABORTED', 'The transport layer is closed');
      // Flows are shared: who does not want one any more must not open, and then close, that of others.
      signal.throwIfAborted();
      if (!socket.closed) return socket.flowTo(remote, local);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const opened = await Promise.allSettled(this.#forSending.values());
    const sending = opened.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
    const sockets = [...this.#listening, ...sending];
    this.#listening.clear();
    this.#forSending.clear();
    await Promise.all(sockets.map((socket) => socket.close()));
  }

  #listeningOn(address: string): UdpSocket | undefined {
    for (const socket of this.#listening) if (socket.address.address === address) return socket;
    return undefined;
  }

  #socketForSending(family: number): Promise<UdpSocket> {
    let socket = this.#forSending.get(family);
    if (socket === undefined) {
      socket = this.#openForSending(family);
      this.#forSending.set(family, socket);
    }
    return socket;
  }

  /** It lives as long as its flows: a client that has stopped must not hold its process. */
  async #openForSending(family: number): Promise<UdpSocket> {
    const socket = await bindUdp(WILDCARDS[family] ?? '', 0, this.#context);
    socket.onUnused = () => {
      this.#forSending.delete(family);
      void socket.close();
    };
    return socket;
  }
}
