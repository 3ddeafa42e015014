import { SipParseError } from '../errors/sip-parse-error.ts';
import { type HeaderField, headerField } from './header-field.ts';
import { headerKey, isListHeader } from './header-names.ts';
import type { Headers } from './headers.ts';
import { parseContacts } from './headers/contact.ts';
import { type CSeq, parseCSeq } from './headers/cseq.ts';
import { parseRetryAfter } from './headers/retry-after.ts';
import { parseSeconds } from './headers/seconds.ts';
import { parseVia, type Via } from './headers/via.ts';
import { splitList } from './list.ts';
import { type NameAddr, parseNameAddr } from './name-addr.ts';

/** `Headers` over an array of fields; nothing is parsed before it is asked for. */
export class HeaderList implements Headers {
  readonly #fields: readonly HeaderField[];
  #via: readonly Via[] | undefined;
  #from: NameAddr | undefined;
  #to: NameAddr | undefined;
  #cseq: CSeq | undefined;
  #contacts: '*' | readonly NameAddr[] | undefined;

  constructor(fields: readonly HeaderField[]) {
    this.#fields = fields;
  }

  get(name: string): string | undefined {
    return this.#first(headerKey(name));
  }

  getAll(name: string): readonly string[] {
    const key = headerKey(name);
    const lines = this.#lines(key);
    return isListHeader(key) ? lines.flatMap(splitList) : lines;
  }

  has(name: string): boolean {
    return this.#first(headerKey(name)) !== undefined;
  }

  *entries(): Iterable<readonly [name: string, value: string]> {
    for (const field of this.#fields) yield [field.name, field.value];
  }

  with(name: string, ...values: readonly string[]): Headers {
    const key = headerKey(name);
    const added = values.map((value) => headerField(name, value));
    const at = this.#fields.findIndex((field) => field.key === key);
    if (at === -1) return new HeaderList([...this.#fields, ...added]);
    const before = this.#fields.slice(0, at);
    const after = this.#fields.slice(at).filter((field) => field.key !== key);
    return new HeaderList([...before, ...added, ...after]);
  }

  withFirst(name: string, value: string): Headers {
    return new HeaderList([headerField(name, value), ...this.#fields]);
  }

  without(name: string): Headers {
    const key = headerKey(name);
    return new HeaderList(this.#fields.filter((field) => field.key !== key));
  }

  get via(): readonly Via[] {
    this.#via ??= this.#lines('via')
      .flatMap(splitList)
      .map((value) => parseVia(value) ?? malformed('Via'));
    return this.#via;
  }

  get from(): NameAddr {
    this.#from ??= parseNameAddr(this.#mandatory('from', 'From')) ?? malformed('From');
    return this.#from;
  }

  get to(): NameAddr {
    this.#to ??= parseNameAddr(this.#mandatory('to', 'To')) ?? malformed('To');
    return this.#to;
  }

  get callId(): string {
    return this.#mandatory('call-id', 'Call-ID');
  }

  get cseq(): CSeq {
    this.#cseq ??= parseCSeq(this.#mandatory('cseq', 'CSeq')) ?? malformed('CSeq');
    return this.#cseq;
  }

  get contacts(): '*' | readonly NameAddr[] {
    this.#contacts ??= parseContacts(this.#lines('contact')) ?? malformed('Contact');
    return this.#contacts;
  }

  get expires(): number | undefined {
    const value = this.#first('expires');
    return value === undefined ? undefined : parseSeconds(value);
  }

  get minExpires(): number | undefined {
    const value = this.#first('min-expires');
    return value === undefined ? undefined : parseSeconds(value);
  }

  get retryAfter(): number | undefined {
    const value = this.#first('retry-after');
    return value === undefined ? undefined : parseRetryAfter(value);
  }

  #first(key: string): string | undefined {
    for (const field of this.#fields) if (field.key === key) return field.value;
    return undefined;
  }

  #mandatory(key: string, name: string): string {
    const value = this.#first(key);
    if (value === undefined) throw new SipParseError('SIP_MISSING_HEADER', name);
    return value;
  }

  #lines(key: string): readonly string[] {
    const lines: string[] = [];
    for (const field of this.#fields) if (field.key === key) lines.push(field.value);
    return lines;
  }
}

function malformed(name: string): never {
  throw new SipParseError('SIP_MALFORMED_HEADER', name);
}
