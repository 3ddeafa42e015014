import {
  type Clock,
  createResolver,
  createTransportLayer,
  createUserAgent,
  type Dns,
  type Flow,
  type MessageTrace,
  type NextHop,
  type Random,
  type TlsSettings,
  type UserAgent,
} from '@dialtone/sip';
import type { AuthInfo } from '../auth-info/auth-info.ts';
import type { ConfigStore } from '../config/config-store.ts';
import { readTlsSettings, type TlsOverrides } from '../tls/tls-settings.ts';

/** What the core wants to hear from its SIP stack. */
export interface SipStackEvents {
  onFlowClosed(flow: Flow): void;
  /** Whether an account depends on the flow: only such flows are kept alive. */
  isNeeded(flow: Flow): boolean;
}

/** What the SIP stack of a core is made of. */
export interface SipStackParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly config: ConfigStore;
  /** Certificates given by the application instead of by the configuration. */
  readonly tls: TlsOverrides;
  readonly authInfos: () => Iterable<AuthInfo>;
  readonly events: SipStackEvents;
  /** Sees every message, for debugging. */
  readonly trace: MessageTrace | undefined;
  /** Default: the system's. */
  readonly dns: Dns | undefined;
}

/** Makes the SIP stack of a core; tests pass one that has no sockets. */
export type SipStackFactory = (parts: SipStackParts) => UserAgent;

/** UDP, TCP, TLS and WebSocket, as `[sip]` and `[net]` configure them (registration.md §1.6). */
export function createSipStack(parts: SipStackParts): UserAgent {
  const { clock, random, config, trace, dns } = parts;
  const tls = (_hop: NextHop): TlsSettings => readTlsSettings(config, parts.tls, parts.authInfos());
  return createUserAgent({
    clock,
    random,
    resolver: createResolver({
      clock,
      random,
      ...(dns && { dns }),
      settings: () => ({
        srv: config.getBool('net', 'dns_srv_enabled', true),
        ipv6: config.getBool('sip', 'use_ipv6', true),
        preferIpv6: config.getBool('sip', 'prefer_ipv6', true),
      }),
    }),
    createTransport: (listener) =>
      createTransportLayer({
        clock,
        random,
        listener,
        tls,
        httpProxy: () => httpProxy(config),
        limits: { connectTimeoutMs: config.getInt('sip', 'transport_timeout', 15_000) },
        ...(trace && { trace }),
      }),
    onFlowClosed: (flow) => parts.events.onFlowClosed(flow),
    isNeeded: (flow) => parts.events.isNeeded(flow),
    pongTimeoutMs: 1000 * config.getInt('sip', 'pong_timeout', 10),
    useRport: () => config.getBool('sip', 'use_rport', true),
    preferPrimary: () => config.getBool('sip', 'reconnect_to_primary_asap', false),
  });
}

/** `[sip] http_proxy_host`, `http_proxy_port`. */
function httpProxy(config: ConfigStore): { host: string; port: number } | undefined {
  const host = config.getString('sip', 'http_proxy_host');
  if (host === undefined) return undefined;
  const port = config.getInt('sip', 'http_proxy_port', 3128);
  return { host, port: port > 0 && port < 65_536 ? port : 3128 };
}
