import type { Clock, Dns, MessageTrace, Random } from '@dialtone/sip';
import type { ConfigStore } from '../config/config-store.ts';
import type { SipStackFactory } from './sip-stack.ts';

/** What a core is made with; everything has a default. */
export interface CoreOptions {
  /** Settings and accounts; default: in memory only. */
  readonly config?: ConfigStore;
  /** `[sip] user_agent` wins. Default `Dialtone/<version>`. */
  readonly userAgent?: string;
  /** Default: real time. */
  readonly clock?: Clock;
  /** Default: the system's. */
  readonly random?: Random;
  /** Default: the system's resolver; not with `createStack`. */
  readonly dns?: Dns;
  /** Default: UDP, TCP, TLS and WebSocket over real sockets. */
  readonly createStack?: SipStackFactory;
  /** Sees every SIP message, credentials included; not with `createStack`. */
  readonly trace?: MessageTrace;
}

/** `User-Agent` of SIP and HTTP requests when nothing else is set. */
export const DEFAULT_USER_AGENT = 'Dialtone/0.1.0';
