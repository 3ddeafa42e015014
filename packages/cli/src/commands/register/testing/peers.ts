import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CertificateAndKey,
  createTransportLayer,
  type ListenOptions,
  systemClock,
  systemRandom,
  TransactionLayer,
} from '@dialtone/sip';
import { type Answer, silence } from '@dialtone/sip/testing';

const HOST = '127.0.0.1';

/** What a registration meets on loopback: registrars, other servers, closed ports. */
export class Peers {
  readonly #endings: (() => unknown)[] = [];

  async close(): Promise<void> {
    for (const end of this.#endings.splice(0).toReversed()) await end();
  }

  /** A registrar that gives these answers, one each, then the last one for ever; its port. */
  async startRegistrar(
    protocol: ListenOptions['protocol'],
    answers: readonly Answer[],
    options: Partial<ListenOptions> = {},
  ): Promise<number> {
    let next = 0;
    const transactions = new TransactionLayer({
      clock: systemClock,
      onRequest: (request, flow, respond) => {
        const answer = answers[Math.min(next, answers.length - 1)] ?? silence;
        next += 1;
        const response = answer(request, flow);
        if (response !== undefined) respond(response);
      },
    });
    const transport = createTransportLayer({
      clock: systemClock,
      random: systemRandom,
      listener: transactions,
    });
    this.#endings.push(() => transport.close());
    return (await transport.listen({ protocol, host: HOST, port: 0, ...options })).port;
  }

  /** The port of a TCP server that is no SIP server. */
  async listenTcp(onConnection: (socket: Socket) => unknown): Promise<number> {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket.on('error', () => {}));
      onConnection(socket);
    });
    this.#endings.push(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    return portOf(server);
  }

  /** A TCP port on which nothing listens any more. */
  async closedPort(): Promise<number> {
    const server = createServer();
    const port = await portOf(server);
    server.close();
    await once(server, 'close');
    return port;
  }

  selfSigned(name: string): CertificateAndKey {
    const folder = mkdtempSync(join(tmpdir(), 'dialtone-self-signed-'));
    this.#endings.push(() => rmSync(folder, { recursive: true }));
    const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
    const options = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj';
    const files = ['-keyout', key, '-out', cert];
    execFileSync('openssl', [...options.split(' '), `/CN=${name}`, ...files], { stdio: 'ignore' });
    return { certPem: readFileSync(cert, 'utf8'), keyPem: readFileSync(key, 'utf8') };
  }
}

async function portOf(server: Server): Promise<number> {
  server.listen(0, HOST);
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
