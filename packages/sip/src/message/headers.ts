import { type HeaderField, headerField } from './header-field.ts';
import { HeaderList } from './header-list.ts';
import type { NameAddr } from './name-addr.ts';
import type { CSeq } from './headers/cseq.ts';
import type { Via } from './headers/via.ts';

/**
 * The header fields of a message: ordered, immutable, names compared without case and compact forms
 * expanded. The typed getters parse on first use and remember; they throw `SipParseError` when the
 * field is malformed. `parseMessage` has already checked the mandatory ones (Via, From, To, Call-ID, CSeq).
 */
export interface Headers {
  /** First value of `name`, trimmed; undefined when absent. */
  get(name: string): string | undefined;
  /** Every value, comma-separated lists split where RFC 3261 §7.3.1 allows it. */
  getAll(name: string): readonly string[];
  has(name: string): boolean;
  /** Fields in wire order, one per line. */
  entries(): Iterable<readonly [name: string, value: string]>;
  /**
   * All lines, for a body of so many bytes. Content-Length is always there and always right: an existing
   * one is replaced in its place, else it is the last line.
   */
  write(bodyLength: number): string;
  /** A copy in which `name` has exactly these values (in place of the first, else at the end). */
  with(name: string, ...values: readonly string[]): Headers;
  /** A copy with one more line, before all others. */
  withFirst(name: string, value: string): Headers;
  without(name: string): Headers;

  readonly via: readonly Via[];
  readonly from: NameAddr;
  readonly to: NameAddr;
  readonly callId: string;
  readonly cseq: CSeq;
  /** `'*'` for `Contact: *`; empty without Contact. */
  readonly contacts: '*' | readonly NameAddr[];
  /** Seconds; undefined when absent or not a number. RFC 3261 §20.19. */
  readonly expires: number | undefined;
  readonly minExpires: number | undefined;
  /** Seconds of `Retry-After`; comment and parameters ignored. */
  readonly retryAfter: number | undefined;
}

/**
 * Headers from name and value pairs, in this order.
 *
 * @throws SipArgumentError when a name is no token or a value holds a line break.
 */
export function createHeaders(entries: Iterable<readonly [string, string]>): Headers {
  const fields: HeaderField[] = [];
  for (const entry of entries) fields.push(headerField(entry[0], entry[1]));
  return new HeaderList(fields);
}
