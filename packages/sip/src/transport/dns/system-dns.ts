import { NODATA, NOTFOUND, lookup, Resolver } from 'node:dns/promises';
import type { AddressRecord, Dns } from './dns.ts';
import { addressesInHosts, readHostsFile } from './hosts-file.ts';

/** The hosts file and getaddrinfo tell no TTL; SRV answers come from Node without theirs. */
const ASSUMED_TTL_SECONDS = 60;

/**
 * The machine's own name resolution: hosts file first, then the name servers, then getaddrinfo for
 * what only the system knows (mDNS and other name services).
 */
export function systemDns(): Dns {
  const resolver = new Resolver();

  async function addresses(name: string, family: 4 | 6): Promise<readonly AddressRecord[]> {
    const local = addressesInHosts(await readHostsFile(), name, family);
    if (local.length > 0) return local.map(withAssumedTtl);
    try {
      const answers =
        family === 4
          ? await resolver.resolve4(name, { ttl: true })
          : await resolver.resolve6(name, { ttl: true });
      return answers.map(({ address, ttl }) => ({ address, ttlSeconds: ttl }));
    } catch (error) {
      return askSystem(name, family, error);
    }
  }

  return {
    resolve4: (name) => addresses(name, 4),
    resolve6: (name) => addresses(name, 6),
    async resolveSrv(name) {
      try {
        const answers = await resolver.resolveSrv(name);
        return answers.map(({ name: target, port, priority, weight }) => ({
          target: target === '' ? '.' : target,
          port,
          priority,
          weight,
          ttlSeconds: ASSUMED_TTL_SECONDS,
        }));
      } catch (error) {
        if (isNoSuchRecord(error)) return [];
        throw error;
      }
    },
  };
}

async function askSystem(
  name: string,
  family: 4 | 6,
  dnsError: unknown,
): Promise<readonly AddressRecord[]> {
  try {
    const answers = await lookup(name, { family, all: true });
    return answers.map(({ address }) => withAssumedTtl(address));
  } catch {
    if (isNoSuchRecord(dnsError)) return [];
    throw dnsError;
  }
}

function withAssumedTtl(address: string): AddressRecord {
  return { address, ttlSeconds: ASSUMED_TTL_SECONDS };
}

function isNoSuchRecord(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && (error.code === NODATA || error.code === NOTFOUND)
  );
}
