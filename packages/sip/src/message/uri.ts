import type { Params } from './params.ts';

/** A SIP or SIPS URI (RFC 3261 §19.1). All parts are stored unescaped. */
export interface SipUri {
  readonly scheme: 'sip' | 'sips';
  readonly user: string | undefined;
  readonly password: string | undefined;
  /** Host name, IPv4, or IPv6 without brackets, case as given. */
  readonly host: string;
  readonly port: number | undefined;
  readonly params: Params;
  /** `?name=value` headers. */
  readonly headers: Params;
}
