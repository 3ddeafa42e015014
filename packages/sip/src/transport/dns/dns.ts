/** An A or AAAA answer. */
export interface AddressRecord {
  readonly address: string;
  readonly ttlSeconds: number;
}

/** RFC 2782. */
export interface SrvRecord {
  /** Host name; `.` says that the service is not offered. */
  readonly target: string;
  readonly port: number;
  /** Lower is tried first. */
  readonly priority: number;
  /** Share among records of one priority. */
  readonly weight: number;
  readonly ttlSeconds: number;
}

/**
 * The three questions SIP asks. Each resolves with an empty list when the name or record does not
 * exist, and rejects when no answer could be had.
 */
export interface Dns {
  resolve4(name: string): Promise<readonly AddressRecord[]>;
  resolve6(name: string): Promise<readonly AddressRecord[]>;
  resolveSrv(name: string): Promise<readonly SrvRecord[]>;
}
