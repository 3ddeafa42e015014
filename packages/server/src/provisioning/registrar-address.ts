import type { Config } from '../config/env.ts';
import type { Space } from '../spaces/space.ts';
import { serverAddress, typedServerAddress } from './document/sip-text.ts';

/** Where the embedded registrar listens. */
export interface RegistrarPorts {
  readonly tcp: number;
  /** Undefined without certificate. */
  readonly tls: number | undefined;
}

/** Where the embedded registrar of the running server listens, as far as the settings tell. */
export function configuredPorts({ sip }: Pick<Config, 'sip'>): RegistrarPorts | undefined {
  return sip.registrar ? { tcp: sip.port, tls: sip.tls?.port } : undefined;
}

interface Choice {
  /** Proxy of the installation (DIALTONE_SIP_PROXY). */
  readonly sipProxy: string | undefined;
  /** The embedded registrar; undefined when it is switched off. */
  readonly embedded: RegistrarPorts | undefined;
  /** `scheme://host[:port]` the phone asked: where it reached this machine, it reaches its registrar. */
  readonly origin: string;
}

const DEFAULT_PORTS = { tcp: 5060, tls: 5061 } as const;

/**
 * The server at which a phone registers: the space's own, else the installation's, else the embedded
 * registrar on the host the phone asked, else the domain over TLS (found by DNS).
 */
export function registrarAddress(space: Space, { sipProxy, embedded, origin }: Choice): string {
  const configured =
    typedServerAddress(space.accountProxyRegistrarAddress) ?? typedServerAddress(sipProxy);
  if (configured !== undefined) return configured;
  if (embedded === undefined) return serverAddress(space.domain, undefined, 'tls');
  const { hostname } = new URL(origin);
  const transport = embedded.tls === undefined ? 'tcp' : 'tls';
  const port = embedded.tls ?? embedded.tcp;
  return serverAddress(
    hostname.replace(/^\[(.*)\]$/, '$1'),
    port === DEFAULT_PORTS[transport] ? undefined : port,
    transport,
  );
}
