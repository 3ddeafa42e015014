import { SipParseError } from '../errors/sip-parse-error.ts';
import { readDecimal } from './chars.ts';
import { fieldValue, findMarked, type HeaderField, headerField } from './header-field.ts';
import { headerKey, isListHeader, MARKS } from './header-names.ts';
import type { Headers } from './headers.ts';
import { type Contacts, readContacts } from './headers/contact.ts';
import { type CSeq, readCSeq } from './headers/cseq.ts';
import { parseRetryAfter } from './headers/retry-after.ts';
import { parseSeconds } from './headers/seconds.ts';
import { readVia, type Via } from './headers/via.ts';
import { type RangeReader, readListFields, splitList } from './list.ts';
import { type NameAddr, readNameAddr } from './name-addr.ts';

/** `Headers` over an array of fields; nothing is parsed before it is asked for. */
export class HeaderList implements Headers {
  readonly #fields: readonly HeaderField[];
  #via: readonly Via[] | undefined;
  #from: NameAddr | undefined;
  #to: NameAddr | undefined;
  #cseq: CSeq | undefined;
  #contacts: Contacts | undefined;

  constructor(fields: readonly HeaderField[]) {
    this.#fields = fields;
  }

  get(name: string): string | undefined {
    return this.#first(headerKey(name));
  }

  getAll(name: string): readonly string[] {
    const key = headerKey(name);
    const values: string[] = [];
    for (const field of this.#fields) {
      if (field.header.key !== key) continue;
      if (isListHeader(key)) values.push(...splitList(fieldValue(field)));
      else values.push(fieldValue(field));
    }
    return values;
  }

  has(name: string): boolean {
    return this.#first(headerKey(name)) !== undefined;
  }

  entries(): Iterable<readonly [name: string, value: string]> {
    return this.#fields.map((field) => [field.header.name, fieldValue(field)]);
  }

  write(bodyLength: number): string {
    let text = '';
    let contentLength = `Content-Length: ${bodyLength}\r\n`;
    for (const field of this.#fields) {
      if (field.header.mark === MARKS['content-length']) {
        text += contentLength;
        contentLength = '';
      } else {
        text += field.header.prefix + fieldValue(field) + '\r\n';
      }
    }
    return text + contentLength;
  }

  with(name: string, ...values: readonly string[]): Headers {
    const key = headerKey(name);
    const added = values.map((value) => headerField(name, value));
    const at = this.#fields.findIndex(({ header }) => header.key === key);
    if (at === -1) return new HeaderList([...this.#fields, ...added]);
    const before = this.#fields.slice(0, at);
    const after = this.#fields.slice(at).filter(({ header }) => header.key !== key);
    return new HeaderList([...before, ...added, ...after]);
  }

  withFirst(name: string, value: string): Headers {
    return new HeaderList([headerField(name, value), ...this.#fields]);
  }

  without(name: string): Headers {
    const key = headerKey(name);
    return new HeaderList(this.#fields.filter(({ header }) => header.key !== key));
  }

  get via(): readonly Via[] {
    this.#via ??= readListFields(this.#fields, MARKS.via, readVia) ?? malformed('Via');
    return this.#via;
  }

  get from(): NameAddr {
    this.#from ??= this.#read(MARKS.from, 'From', readNameAddr);
    return this.#from;
  }

  get to(): NameAddr {
    this.#to ??= this.#read(MARKS.to, 'To', readNameAddr);
    return this.#to;
  }

  get callId(): string {
    const field = findMarked(this.#fields, MARKS['call-id']);
    return field === undefined ? missing('Call-ID') : fieldValue(field);
  }

  get cseq(): CSeq {
    this.#cseq ??= this.#read(MARKS.cseq, 'CSeq', readCSeq);
    return this.#cseq;
  }

  get contacts(): Contacts {
    this.#contacts ??= readContacts(this.#fields) ?? malformed('Contact');
    return this.#contacts;
  }

  get expires(): number | undefined {
    const field = findMarked(this.#fields, MARKS.expires);
    return field && readDecimal(field.text, field.start, field.end);
  }

  get minExpires(): number | undefined {
    const value = this.#first('min-expires');
    return value === undefined ? undefined : parseSeconds(value);
  }

  get retryAfter(): number | undefined {
    const value = this.#first('retry-after');
    return value === undefined ? undefined : parseRetryAfter(value);
  }

  #find(key: string): HeaderField | undefined {
    for (const field of this.#fields) if (field.header.key === key) return field;
    return undefined;
  }

  #first(key: string): string | undefined {
    const field = this.#find(key);
    return field && fieldValue(field);
  }

  #read<T>(mark: number, name: string, read: RangeReader<T>): T {
    const { text, start, end } = findMarked(this.#fields, mark) ?? missing(name);
    return read(text, start, end) ?? malformed(name);
  }
}

function missing(name: string): never {
  throw new SipParseError('SIP_MISSING_HEADER', name);
}

function malformed(name: string): never {
  throw new SipParseError('SIP_MALFORMED_HEADER', name);
}
