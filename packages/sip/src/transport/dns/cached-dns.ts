import type { Clock } from '../../time/clock.ts';
import type { Dns } from './dns.ts';

/** Names remembered per record type; the oldest makes room. */
const MAX_ENTRIES = 1000;

interface Timed {
  readonly ttlSeconds: number;
}

interface Entry<T> {
  readonly records: readonly T[];
  readonly freshUntil: number;
}

/**
 * Remembers answers for their TTL and asks once for several askers. When a later question fails
 * without an answer, the last known one is given again (RFC 8767): a registered phone outlives its
 * name server. Empty answers are not remembered.
 */
export function cachedDns(dns: Dns, clock: Clock): Dns {
  return {
    resolve4: remember((name) => dns.resolve4(name), clock),
    resolve6: remember((name) => dns.resolve6(name), clock),
    resolveSrv: remember((name) => dns.resolveSrv(name), clock),
  };
}

type Ask<T> = (name: string) => Promise<readonly T[]>;

function remember<T extends Timed>(ask: Ask<T>, clock: Clock): Ask<T> {
  const entries = new Map<string, Entry<T>>();
  const running = new Map<string, Promise<readonly T[]>>();

  async function askAgain(name: string): Promise<readonly T[]> {
    try {
      const records = await ask(name);
      entries.delete(name);
      if (records.length > 0) {
        const ttlSeconds = Math.min(...records.map((record) => record.ttlSeconds));
        entries.set(name, { records, freshUntil: clock.now() + ttlSeconds * 1000 });
        if (entries.size > MAX_ENTRIES) evictOldest(entries);
      }
      return records;
    } catch (error) {
      const stale = entries.get(name);
      if (stale === undefined) throw error;
      return stale.records;
    } finally {
      running.delete(name);
    }
  }

  return (text) => {
    const name = text.toLowerCase();
    const known = entries.get(name);
    if (known !== undefined && clock.now() < known.freshUntil)
      return Promise.resolve(known.records);
    const asked = running.get(name) ?? askAgain(name);
    running.set(name, asked);
    return asked;
  };
}

function evictOldest(entries: Map<string, unknown>): void {
  for (const name of entries.keys()) {
    entries.delete(name);
    return;
  }
}
