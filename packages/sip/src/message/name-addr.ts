import type { Params } from './params.ts';
import type { SipUri } from './uri.ts';

/** `"Display" <uri>;params` (RFC 3261 §20.10). */
export interface NameAddr {
  readonly displayName: string | undefined;
  readonly uri: SipUri;
  /** Header parameters, outside the brackets. */
  readonly params: Params;
}
