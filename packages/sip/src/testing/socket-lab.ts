import { once } from 'node:events';
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Server } from 'node:net';
import type { SipMessage, SipRequest } from '../message/message.ts';
import { createResponse } from '../message/response.ts';
import { sipUri } from '../message/uri.ts';
import { systemClock } from '../time/system-clock.ts';
import { systemRandom } from '../time/system-random.ts';
import {
  createTransportLayer,
  type SocketTransportLayer,
  type TransportOptions,
} from '../transport/transport-layer.ts';
import type { Flow, NextHop, SocketAddress, TransportProtocol } from '../transport/transport.ts';
import { FlowEvents } from './flow-events.ts';
import { sampleRequest } from './sample-request.ts';
import { TestAuthority } from './test-authority.ts';

const LOOPBACK = '127.0.0.1';

/** A transport layer over real sockets, and what it told its listener. */
export interface SocketAgent {
  readonly transport: SocketTransportLayer;
  readonly events: FlowEvents;
}

/** Makes transport layers and servers on loopback and closes them all after the test. */
export class SocketLab {
  readonly #endings: (() => unknown)[] = [];
  #authority: TestAuthority | undefined;

  /** Issues the certificates of this lab's servers (`sip.example.org`). */
  get authority(): TestAuthority {
    if (this.#authority === undefined) {
      const authority = TestAuthority.create();
      this.onEnd(() => {
        authority[Symbol.dispose]();
        this.#authority = undefined;
      });
      this.#authority = authority;
    }
    return this.#authority;
  }

  /** TLS settings under which those servers are trusted. */
  get trust(): { rootsPem: string } {
    return { rootsPem: this.authority.certPem };
  }

  agent(
    options: Partial<TransportOptions> = {},
    onMessage?: (message: SipMessage, flow: Flow) => void,
  ): SocketAgent {
    const events = new FlowEvents(onMessage);
    const transport = createTransportLayer({
      clock: systemClock,
      random: systemRandom,
      listener: events,
      ...options,
    });
    this.onEnd(() => transport.close());
    return { transport, events };
  }

  /** An agent that listens and answers every request 200. */
  async startServer(
    protocol: TransportProtocol,
    options: Partial<TransportOptions> = {},
  ): Promise<SocketAgent & { readonly address: SocketAddress }> {
    const server = this.agent(options, (message, flow) => {
      if (message.kind === 'request') flow.send(createResponse(message, 200));
    });
    if (protocol === 'ws' || protocol === 'wss') {
      const [http, address] = await this.httpServer(protocol === 'wss');
      server.transport.acceptWebSockets(http);
      return { ...server, address };
    }
    const address = await server.transport.listen({
      protocol,
      host: LOOPBACK,
      port: 0,
      ...(protocol === 'tls' && { certificate: this.#serverCertificate() }),
    });
    return { ...server, address };
  }

  async httpServer(secure = false): Promise<readonly [HttpServer, SocketAddress]> {
    const server = secure ? createHttpsServer(this.#httpsOptions()) : createHttpServer();
    server.listen(0, LOOPBACK);
    await once(server, 'listening');
    this.onEnd(() => server.close());
    return [server, boundAddress(server)];
  }

  /** Called by `tidy`, latest first. */
  onEnd(end: () => unknown): void {
    this.#endings.push(end);
  }

  async tidy(): Promise<void> {
    for (const end of this.#endings.splice(0).toReversed()) await end();
  }

  #serverCertificate(): ReturnType<TestAuthority['issue']> {
    return this.authority.issue('sip.example.org', 'DNS:sip.example.org');
  }

  #httpsOptions(): { cert: string; key: string } {
    const { certPem, keyPem } = this.#serverCertificate();
    return { cert: certPem, key: keyPem };
  }
}

/** The arguments of `TransportLayer.connect`. */
export function hopTo(
  protocol: TransportProtocol,
  { address, port }: SocketAddress,
  certificateName = 'sip.example.org',
): [target: { protocol: TransportProtocol; remote: SocketAddress }, hop: NextHop] {
  const uri = sipUri({ host: certificateName, port });
  return [
    { protocol, remote: { address, port } },
    { uri, protocol, certificateName },
  ];
}

/** An OPTIONS as it would look on that transport. */
export function optionsOver(protocol: string, branch = 'one'): SipRequest {
  const transport = protocol.toUpperCase();
  return sampleRequest('OPTIONS', `SIP/2.0/${transport} 127.0.0.1;branch=z9hG4bK.${branch};rport`);
}

/** Where a TCP server listens. */
export function boundAddress(server: Server): SocketAddress {
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new TypeError('Not bound to TCP');
  return { address: bound.address, port: bound.port };
}
