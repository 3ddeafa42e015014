import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIP } from 'node:net';
import { parseMessage } from '../message/parse-message.ts';
import { deliver, type FlowContext } from './flow-context.ts';
import { TransportError } from './transport-error.ts';
import type { SocketAddress } from './transport.ts';
import { type DatagramSender, UdpFlow } from './udp-flow.ts';

/** Keep-alives are at most CRLFCRLF; anything as short cannot be SIP. */
const MAX_KEEP_ALIVE_BYTES = 4;
/** Room for a burst of some thousand requests; the system may grant less. */
const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;

/** One bound UDP socket with the flows opened through it. */
export class UdpSocket implements DatagramSender {
  readonly #socket: Socket;
  readonly #context: FlowContext;
  readonly #flows = new Map<string, UdpFlow>();
  #closed = false;
  readonly address: SocketAddress;
  /** Called when the last flow opened through this socket has closed. */
  onUnused: (() => void) | undefined;

  constructor(socket: Socket, context: FlowContext) {
    this.#socket = socket;
    this.#context = context;
    const { address, port } = socket.address();
    this.address = { address, port };
    socket.on('message', (bytes, info) => this.#onDatagram(bytes, info));
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** The flow towards `remote`, made when there is none yet. */
  flowTo(remote: SocketAddress, localAddress: string): UdpFlow {
    const key = keyOf(remote.address, remote.port);
    const known = this.#flows.get(key);
    if (known !== undefined && !known.closed) return known;
    const local = { address: localAddress, port: this.address.port };
    const flow = new UdpFlow({ local, remote, accepted: false }, this, this.#context).start();
    this.#flows.set(key, flow);
    return flow;
  }

  sendDatagram(bytes: Uint8Array, remote: SocketAddress, onError?: (error: Error) => void): void {
    if (this.#closed) {
      onError?.(new TransportError('SIP_FLOW_BROKEN', 'The socket is closed'));
      return;
    }
    // Without a callback a failure becomes an 'error' event, which nobody waits for.
    const sent = onError && ((error: Error | null) => error && onError(sendFailure(error)));
    this.#socket.send(bytes, remote.port, remote.address, sent);
  }

  forget(flow: UdpFlow): void {
    const key = keyOf(flow.remote.address, flow.remote.port);
    if (this.#flows.get(key) === flow) this.#flows.delete(key);
    if (this.#flows.size === 0 && !this.#closed) this.onUnused?.();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const flow of this.#flows.values()) flow.close();
    this.#socket.close();
    await once(this.#socket, 'close');
  }

  #onDatagram(bytes: Buffer, info: RemoteInfo): void {
    const { address, port } = info;
    const known = this.#flows.get(keyOf(address, port));
    known?.heard();
    if (bytes.length <= MAX_KEEP_ALIVE_BYTES) {
      if (known !== undefined) this.#context.listener.onPong?.(known);
      return;
    }
    const flow =
      known ??
      new UdpFlow(
        { local: this.address, remote: { address, port }, accepted: true },
        this,
        this.#context,
      );
    const result = parseMessage(bytes);
    if (result.ok) {
      deliver(this.#context, result.message, flow);
      return;
    }
    const { counters, listener } = this.#context;
    if (result.error.code === 'SIP_MESSAGE_TOO_LARGE') counters.oversizeDatagrams += 1;
    else counters.malformedMessages += 1;
    listener.onMalformed?.(result.error, flow, result.request);
  }
}

/** Opens a socket; port 0 lets the system choose. Rejects with a `TransportError` (`SIP_LISTEN_FAILED`). */
export async function bindUdp(
  host: string,
  port: number,
  context: FlowContext,
): Promise<UdpSocket> {
  const family = isIP(host) === 6 ? 6 : 4;
  const socket = createSocket({
    type: family === 6 ? 'udp6' : 'udp4',
    ipv6Only: family === 6,
    recvBufferSize: RECEIVE_BUFFER_BYTES,
    // Only addresses are ever given: no name resolution on the way out.
    lookup: (address, _options, done) => done(null, address, family),
  });
  try {
    // The wait comes first: given an address, the socket is bound before `bind` returns.
    const listening = once(socket, 'listening');
    socket.bind(port, host);
    await listening;
  } catch (cause) {
    socket.close();
    throw new TransportError('SIP_LISTEN_FAILED', `Cannot open UDP port ${port}`, { cause });
  }
  // ICMP errors of single peers arrive here; their transactions time out or try elsewhere.
  socket.on('error', () => {});
  return new UdpSocket(socket, context);
}

/** The local address the system would use towards `remote`; nothing is sent. */
export async function localAddressTowards(remote: SocketAddress): Promise<string> {
  const probe = createSocket(isIP(remote.address) === 6 ? 'udp6' : 'udp4');
  try {
    probe.connect(remote.port, remote.address);
    await once(probe, 'connect');
    return probe.address().address;
  } catch (cause) {
    throw new TransportError('SIP_CONNECT_FAILED', `No route to ${remote.address}`, { cause });
  } finally {
    probe.close();
  }
}

function keyOf(address: string, port: number): string {
  return `${address} ${port}`;
}

function sendFailure(cause: Error): TransportError {
  return new TransportError('SIP_SEND_FAILED', 'The datagram could not be sent', { cause });
}
