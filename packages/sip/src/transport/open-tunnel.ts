import { once } from 'node:events';
import { request } from 'node:http';
import { isIP, Socket } from 'node:net';
import { TransportError } from './transport-error.ts';
import type { SocketAddress } from './transport.ts';

/** An HTTP proxy that lets connections through (RFC 9110 §9.3.6). */
export interface HttpProxy {
  readonly host: string;
  readonly port: number;
}

/**
 * Connects over TCP through an HTTP proxy. Rejects with a `TransportError` (`SIP_CONNECT_FAILED`) when
 * the proxy cannot be reached or does not answer 2xx.
 */
export async function openTunnel(
  proxy: HttpProxy,
  remote: SocketAddress,
  signal: AbortSignal,
): Promise<Socket> {
  const host = isIP(remote.address) === 6 ? `[${remote.address}]` : remote.address;
  const authority = `${host}:${remote.port}`;
  try {
    const { host: proxyHost, port } = proxy;
    const connect = request({
      host: proxyHost,
      port,
      method: 'CONNECT',
      path: authority,
      headers: { Host: authority },
      agent: false,
      signal,
    });
    connect.end();
    const [response, socket, head]: unknown[] = await once(connect, 'connect', { signal });
    if (!(socket instanceof Socket)) throw new TypeError('no connection');
    socket.on('error', () => {});
    signal.addEventListener('abort', () => socket.destroy(), { once: true });
    const status = isResponse(response) ? response.statusCode : 0;
    if (status < 200 || status > 299) {
      socket.destroy();
      throw new Error(`the proxy answered ${status}`);
    }
    if (head instanceof Uint8Array && head.length > 0) socket.unshift(head);
    return socket.setNoDelay(true);
  } catch (cause) {
    const where = `${proxy.host} port ${proxy.port}`;
    throw new TransportError('SIP_CONNECT_FAILED', `No way through the HTTP proxy ${where}`, {
      cause,
    });
  }
}

function isResponse(value: unknown): value is { readonly statusCode: number } {
  return typeof value === 'object' && value !== null && 'statusCode' in value;
}
