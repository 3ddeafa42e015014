import type { SocketAddress, TransportLayer, TransportProtocol } from '@dialtone/sip';
import type { ConfigStore } from '../config/config-store.ts';

/**
 * Local ports by transport: a port number, 0 disabled, -1 chosen by the system, -2 not bound: outgoing
 * only. TLS never listens; any value but 0 enables it.
 */
export interface Transports {
  readonly udpPort: number;
  readonly tcpPort: number;
  readonly tlsPort: number;
}

/** Outgoing only: a client that takes no calls needs no port of its own, and never meets a taken one. */
export const DEFAULT_TRANSPORTS: Transports = { udpPort: -2, tcpPort: -2, tlsPort: -2 };

/** `[sip] sip_port`, `sip_tcp_port`, `sip_tls_port`; all 0 forces UDP 5060 (registration.md §1.6). */
export function readTransports(config: ConfigStore): Transports {
  const random = config.getBool('sip', 'sip_random_port', false);
  const port = (key: string, fallback: number): number => {
    const value = config.getInt('sip', key, fallback);
    return random && value > 0 ? -1 : value;
  };
  const read = {
    udpPort: port('sip_port', DEFAULT_TRANSPORTS.udpPort),
    tcpPort: port('sip_tcp_port', DEFAULT_TRANSPORTS.tcpPort),
    tlsPort: port('sip_tls_port', DEFAULT_TRANSPORTS.tlsPort),
  };
  const none = read.udpPort === 0 && read.tcpPort === 0 && read.tlsPort === 0;
  return none ? { ...read, udpPort: 5060 } : read;
}

export function writeTransports(config: ConfigStore, transports: Transports): void {
  config.setInt('sip', 'sip_port', transports.udpPort);
  config.setInt('sip', 'sip_tcp_port', transports.tcpPort);
  config.setInt('sip', 'sip_tls_port', transports.tlsPort);
}

/** WebSocket has no port of ours: always there. */
export function isTransportEnabled(transports: Transports, protocol: TransportProtocol): boolean {
  const ports = {
    udp: transports.udpPort,
    tcp: transports.tcpPort,
    tls: transports.tlsPort,
    ws: -2,
    wss: -2,
  };
  return ports[protocol] !== 0;
}

/** Opens and closes the listening sockets of a core. */
export class ListeningPorts {
  readonly #transport: Pick<TransportLayer, 'listen' | 'unlisten'>;
  readonly #bindAddress: () => string;
  #bound: { readonly protocol: 'udp' | 'tcp'; readonly address: SocketAddress }[] = [];
  #used: Transports = DEFAULT_TRANSPORTS;
  /** Opening and closing take turns: a stop must not be overtaken by a change begun before. */
  #turn: Promise<void> = Promise.resolve();

  constructor(transport: Pick<TransportLayer, 'listen' | 'unlisten'>, bindAddress: () => string) {
    this.#transport = transport;
    this.#bindAddress = bindAddress;
  }

  /** Ports really bound; 0: disabled, or could not be bound. */
  get used(): Transports {
    return this.#used;
  }

  /** Replaces what is bound. A port that cannot be had disables its transport. */
  open(wanted: Transports): Promise<void> {
    return this.#inTurn(async () => {
      await this.#close();
      this.#used = {
        udpPort: await this.#bind('udp', wanted.udpPort),
        tcpPort: await this.#bind('tcp', wanted.tcpPort),
        tlsPort: wanted.tlsPort,
      };
    });
  }

  close(): Promise<void> {
    return this.#inTurn(() => this.#close());
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(work, work);
    return this.#turn;
  }

  async #close(): Promise<void> {
    const bound = this.#bound;
    this.#bound = [];
    for (const { address, protocol } of bound) await this.#transport.unlisten(address, protocol);
  }

  async #bind(protocol: 'udp' | 'tcp', port: number): Promise<number> {
    if (port === 0 || port === -2) return port;
    let used = 0;
    for (const host of hostsOf(this.#bindAddress())) {
      // Chosen by the system for the first, the same for the second.
      const wanted = used === 0 ? Math.max(port, 0) : used;
      try {
        const address = await this.#transport.listen({ protocol, host, port: wanted });
        this.#bound.push({ protocol, address });
        used = address.port;
      } catch {
        // One family may be missing on this machine.
      }
    }
    return used;
  }
}

/** Every address means those of both families, each by a socket of its own. */
function hostsOf(bindAddress: string): readonly string[] {
  return bindAddress === '::' || bindAddress === '::0' ? ['::', '0.0.0.0'] : [bindAddress];
}
