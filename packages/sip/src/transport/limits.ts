/** Bounds that keep a peer from exhausting the process. The size of a message is bounded in message/limits.ts. */
export interface TransportLimits {
  /** Accepted connections of one transport layer; default 20 000. More are refused. */
  readonly maxConnections: number;
  /** A flow without traffic is closed after this; default 3600 s (registration.md §2.11). */
  readonly idleTimeoutMs: number;
  /**
   * An accepted connection must finish its first message, and every peer any message it has begun, within
   * this; default 32 s. Trickling bytes does not extend it.
   */
  readonly messageTimeoutMs: number;
  /** TCP connect, TLS and WebSocket handshakes of one address together; default 15 s. */
  readonly connectTimeoutMs: number;
  /** Bytes queued towards a peer that does not read; default 1 MiB, beyond it the flow is broken. */
  readonly maxQueuedBytes: number;
}

export const DEFAULT_LIMITS: TransportLimits = {
  maxConnections: 20_000,
  idleTimeoutMs: 3_600_000,
  messageTimeoutMs: 32_000,
  connectTimeoutMs: 15_000,
  maxQueuedBytes: 1_048_576,
};
