import type { Params } from '../params.ts';

/** RFC 3261 §20.42. */
export interface Via {
  /** `UDP`, `TCP`, `TLS`, `WS`, `WSS`, upper case. */
  readonly transport: string;
  readonly host: string;
  readonly port: number | undefined;
  /** `branch`, `received`, `rport` (null when asked for, RFC 3581), `alias`… */
  readonly params: Params;
}
