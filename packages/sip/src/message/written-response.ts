import type { Headers } from './headers.ts';
import type { SipResponse } from './message.ts';
import { parseMessage } from './parse-message.ts';

/**
 * A response kept as the bytes that go over the wire, for those that may have to be repeated: they
 * take a fraction of the memory and are made only once. Its header fields are read when asked for.
 */
export class WrittenResponse implements SipResponse {
  readonly kind = 'response';
  readonly status: number;
  readonly reason: string;
  readonly body: Uint8Array;
  readonly bytes: Uint8Array;

  /** `bytes`: `response` as `serializeMessage` writes it. */
  constructor({ status, reason, body }: SipResponse, bytes: Uint8Array) {
    this.status = status;
    this.reason = reason;
    this.body = body;
    this.bytes = bytes;
  }

  get headers(): Headers {
    const result = parseMessage(this.bytes);
    if (!result.ok) throw result.error;
    return result.message.headers;
  }
}
