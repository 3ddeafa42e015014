import { isIP } from 'node:net';
import type { Clock } from '../../time/clock.ts';
import type { Random } from '../../time/random.ts';
import { within } from '../../time/within.ts';
import { DEFAULT_PORTS } from '../default-port.ts';
import { canonicalAddress } from '../ip-address.ts';
import { TransportError } from '../transport-error.ts';
import type { NextHop, ResolvedTarget, TransportProtocol } from '../transport.ts';
import { cachedDns } from './cached-dns.ts';
import type { Dns } from './dns.ts';
import { orderSrvRecords } from './srv-order.ts';
import { systemDns } from './system-dns.ts';

/** Whole resolution of one next hop. registration.md §2.12. */
const RESOLUTION_LIMIT_MS = 15_000;
/** How long an A answer waits for the SRV or AAAA answer. */
const PATIENCE_MS = 3000;

/** NAPTR is never asked: the URI names the transport (registration.md §2.12). */
const SRV_PREFIXES: Readonly<Record<TransportProtocol, string | undefined>> = {
  udp: '_sip._udp.',
  tcp: '_sip._tcp.',
  tls: '_sips._tcp.',
  ws: undefined,
  wss: undefined,
};

/** Which records are asked for, and which addresses come first. */
export interface ResolverSettings {
  /** `dns_srv_enabled`; default true. */
  readonly srv: boolean;
  /** Ask for AAAA too; default true. */
  readonly ipv6: boolean;
  /** IPv6 addresses first; default true. */
  readonly preferIpv6: boolean;
}

const DEFAULT_SETTINGS: ResolverSettings = { srv: true, ipv6: true, preferIpv6: true };

/** What a resolver needs, and what it may be told. */
export interface ResolverOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Default: the system's. Answers are cached for their TTL. */
  readonly dns?: Dns;
  /** Read at each resolution. */
  readonly settings?: () => Partial<ResolverSettings>;
}

/** Locates SIP servers. RFC 3263 §4 without NAPTR; registration.md §2.12. */
export interface Resolver {
  /** Candidates, best first, at least one. Rejects with a `TransportError` (`SIP_DNS_*`). */
  resolve(hop: NextHop, signal?: AbortSignal): Promise<readonly ResolvedTarget[]>;
}

/** A resolver over the given DNS. */
export function createResolver(options: ResolverOptions): Resolver {
  const { clock, random } = options;
  const dns = cachedDns(options.dns ?? systemDns(), clock);

  /** A and AAAA together; rejects only when neither could be asked. */
  async function addresses(
    host: string,
    { settings, signal }: Context,
  ): Promise<readonly string[]> {
    if (isIP(host) !== 0) return [host];
    const [v4, v6] = [
      attempt(dns.resolve4(host)),
      settings.ipv6 ? attempt(dns.resolve6(host)) : [],
    ];
    const first = await v4;
    // An A answer waits only a little for the AAAA answer; without one there is nothing to hurry for.
    const second =
      first instanceof Error || first.length === 0 || Array.isArray(v6)
        ? await v6
        : await within(clock, PATIENCE_MS, Promise.resolve(v6), () => [], signal);
    if (first instanceof Error && second instanceof Error) throw first;
    const four = first instanceof Error ? [] : first.map((record) => record.address);
    const six = second instanceof Error ? [] : second.map((record) => record.address);
    return settings.preferIpv6 ? [...six, ...four] : [...four, ...six];
  }

  async function byAddress(
    hop: NextHop,
    host: string,
    port: number,
    context: Context,
  ): Promise<readonly ResolvedTarget[]> {
    const found = await addresses(host, context);
    return found.map((address) => ({ protocol: hop.protocol, remote: { address, port } }));
  }

  /** Empty when there are no SRV records, or none that leads to an address. */
  async function byService(
    hop: NextHop,
    service: string,
    context: Context,
  ): Promise<readonly ResolvedTarget[]> {
    const records = (await dns.resolveSrv(service)).filter((record) => record.target !== '.');
    const targets = await Promise.all(
      orderSrvRecords(records, random).map((record) =>
        byAddress(hop, record.target, record.port, context).catch(() => []),
      ),
    );
    return targets.flat();
  }

  async function locate(
    hop: NextHop,
    signal: AbortSignal | undefined,
  ): Promise<readonly ResolvedTarget[]> {
    const settings = { ...DEFAULT_SETTINGS, ...options.settings?.() };
    const context: Context = { settings, signal };
    const { host, port } = serverOf(hop);
    const prefix = SRV_PREFIXES[hop.protocol];
    if (hop.uri.port !== undefined || !settings.srv || prefix === undefined) {
      return byAddress(hop, host, port, context);
    }
    const bySrv = attempt(byService(hop, `${prefix}${host}`, context));
    const byName = await attempt(byAddress(hop, host, port, context));
    const nameIsUsable = !(byName instanceof Error) && byName.length > 0;
    const srv = nameIsUsable
      ? await within(clock, PATIENCE_MS, bySrv, () => [], signal)
      : await bySrv;
    if (!(srv instanceof Error) && srv.length > 0) return srv;
    if (byName instanceof Error) throw byName;
    return byName;
  }

  async function locateOrFail(
    hop: NextHop,
    signal: AbortSignal | undefined,
  ): Promise<readonly ResolvedTarget[]> {
    const targets = await locate(hop, signal).catch((cause: unknown) => {
      throw new TransportError('SIP_DNS_FAILED', `Cannot resolve ${hop.uri.host}`, { cause });
    });
    if (targets.length > 0) return targets;
    throw new TransportError('SIP_DNS_NOT_FOUND', `${hop.uri.host} has no address`);
  }

  return {
    async resolve(hop, signal) {
      signal?.throwIfAborted();
      const { host, port } = serverOf(hop);
      // An address is its own answer: no question whose time would have to be watched.
      if (isIP(host) !== 0) {
        return [{ protocol: hop.protocol, remote: { address: canonicalAddress(host), port } }];
      }
      return within(
        clock,
        RESOLUTION_LIMIT_MS,
        locateOrFail(hop, signal),
        () => {
          throw new TransportError('SIP_DNS_TIMEOUT', `No DNS answer for ${hop.uri.host} in time`);
        },
        signal,
      );
    },
  };
}

/** The target of a hop that names an address: its own answer, nothing has to be asked or waited for. */
export function literalTarget(hop: NextHop): ResolvedTarget | undefined {
  const { host, port } = serverOf(hop);
  if (isIP(host) === 0) return undefined;
  return { protocol: hop.protocol, remote: { address: host, port } };
}

/** RFC 3261 §19.1.1: maddr overrides the host; the certificate is still checked against the URI. */
function serverOf({ uri, protocol }: NextHop): { readonly host: string; readonly port: number } {
  return {
    host: uri.params.get('maddr') ?? uri.host,
    port: uri.port ?? DEFAULT_PORTS[protocol],
  };
}

/** What one resolution carries along. */
interface Context {
  readonly settings: ResolverSettings;
  readonly signal: AbortSignal | undefined;
}

/** A rejection as a value, so that parallel questions never reject unobserved. */
function attempt<T>(promise: Promise<T>): Promise<T | Error> {
  return promise.catch((error: unknown) =>
    error instanceof Error ? error : new Error('DNS failure', { cause: error }),
  );
}
