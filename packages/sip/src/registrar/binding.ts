import type { NameAddr } from '../message/name-addr.ts';
import type { SocketAddress, TransportProtocol } from '../transport/transport.ts';

/** One contact bound to an address-of-record (RFC 3261 §10.3). */
export interface Binding {
  /** As registered, without its `expires` parameter. */
  readonly contact: NameAddr;
  readonly callId: string;
  readonly cseq: number;
  /** Milliseconds since the Unix epoch. */
  readonly expiresAt: number;
  /** `+sip.instance` without quotes and brackets, e.g. `urn:uuid:…` (RFC 5626 §4.1). */
  readonly instanceId: string | undefined;
  readonly regId: number | undefined;
  /** Path values, topmost first (RFC 3327). */
  readonly path: readonly string[];
  readonly userAgent: string | undefined;
  /** Where the REGISTER came from: the address behind a NAT that can really be reached. */
  readonly received: SocketAddress & { readonly protocol: TransportProtocol };
  readonly updatedAt: number;
}

/** Where bindings are kept. Implementations drop what has expired. */
export interface BindingStore {
  /** Bindings of an address-of-record that have not expired at `now`. */
  list(aor: string, now: number): readonly Binding[] | Promise<readonly Binding[]>;
  /** Replaces all bindings of an address-of-record at once; an empty list forgets it. */
  replace(aor: string, bindings: readonly Binding[], now: number): void | Promise<void>;
}
