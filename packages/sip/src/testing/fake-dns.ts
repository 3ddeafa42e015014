import type { AddressRecord, Dns, SrvRecord } from '../transport/dns/dns.ts';

/** What one name answers: addresses, an error, or nothing for ever. */
type Answer = readonly string[] | Error | 'silence';

/** A name server in memory. Names it does not know have no records. */
export class FakeDns implements Dns {
  readonly #addresses = new Map<string, Answer>();
  readonly #services = new Map<string, readonly SrvRecord[]>();
  /** Every question, as `A name`, `AAAA name`, `SRV name`. */
  readonly questions: string[] = [];
  /** TTL of all answers; default 60 s. */
  ttlSeconds = 60;

  /** IPv4 and IPv6 addresses of a name. */
  set(name: string, ...addresses: readonly string[]): this {
    this.#addresses.set(name, addresses);
    return this;
  }

  /** RFC 2782 records of `_sip._udp.example.org` and the like. */
  setSrv(
    name: string,
    ...records: readonly (Pick<SrvRecord, 'target' | 'port'> & Partial<SrvRecord>)[]
  ): this {
    const { ttlSeconds } = this;
    this.#services.set(
      name,
      records.map((record) => ({ priority: 10, weight: 10, ttlSeconds, ...record })),
    );
    return this;
  }

  /** Address questions about the name fail, as when no name server can be reached. */
  fail(name: string): this {
    this.#addresses.set(name, new Error('SERVFAIL'));
    return this;
  }

  /** Address questions about the name are never answered. */
  silence(name: string): this {
    this.#addresses.set(name, 'silence');
    return this;
  }

  resolve4(name: string): Promise<readonly AddressRecord[]> {
    this.questions.push(`A ${name}`);
    return this.#answer(name, (address) => !address.includes(':'));
  }

  resolve6(name: string): Promise<readonly AddressRecord[]> {
    this.questions.push(`AAAA ${name}`);
    return this.#answer(name, (address) => address.includes(':'));
  }

  resolveSrv(name: string): Promise<readonly SrvRecord[]> {
    this.questions.push(`SRV ${name}`);
    return Promise.resolve(this.#services.get(name) ?? []);
  }

  #answer(
    name: string,
    isOfFamily: (address: string) => boolean,
  ): Promise<readonly AddressRecord[]> {
    const answer = this.#addresses.get(name) ?? [];
    if (answer instanceof Error) return Promise.reject(answer);
    if (typeof answer === 'string') return new Promise(() => {});
    const { ttlSeconds } = this;
    return Promise.resolve(answer.filter(isOfFamily).map((address) => ({ address, ttlSeconds })));
  }
}
