import {
  escapeVcardText,
  joinVcardComponents,
  parseVcard,
  serializeVcard,
  splitVcardComponents,
  unescapeVcardText,
  type VcardContent,
  type VcardProperty,
} from '@dialtone/contract';
import { Address } from '../address/address.ts';

/**
 * What is known of a contact, as a vCard 3.0 or 4.0. Properties without an accessor here are kept and
 * written as they came; an accessor that is set replaces what the card said.
 *
 * @example
 * const vcard = Vcard.parse(text);
 * vcard.fullName; // 'Bob'
 * vcard.getExtendedPropertiesValuesByName('X-LINPHONE-ACCOUNT-DTMF-PROTOCOL'); // ['sipinfo']
 */
export class Vcard {
  readonly #version: VcardContent['version'];
  #properties: readonly VcardProperty[];
  #addresses: readonly Address[] | undefined;
  /** For the friend it belongs to. */
  onChanged: (() => void) | undefined;

  constructor(content: VcardContent = { version: '4.0', properties: [] }) {
    this.#version = content.version;
    this.#properties = content.properties;
  }

  /**
   * Reads one card.
   *
   * @throws VcardError
   */
  static parse(text: string): Vcard {
    return new Vcard(parseVcard(text));
  }

  clone(): Vcard {
    return new Vcard({ version: this.#version, properties: this.#properties });
  }

  /** Lines end with CRLF. */
  asString(): string {
    return serializeVcard({ version: this.#version, properties: this.#properties });
  }

  toString(): string {
    return this.asString();
  }

  /** FN. Null or empty removes it. */
  get fullName(): string | null {
    return this.#text('fn');
  }

  set fullName(name: string | null) {
    this.#setText('fn', name);
  }

  get familyName(): string | null {
    return this.#component('n', 0);
  }

  set familyName(name: string | null) {
    this.#setComponent('n', 0, 5, name);
  }

  get givenName(): string | null {
    return this.#component('n', 1);
  }

  set givenName(name: string | null) {
    this.#setComponent('n', 1, 5, name);
  }

  get organization(): string | null {
    return this.#component('org', 0);
  }

  set organization(name: string | null) {
    this.#setComponent('org', 0, 1, name);
  }

  get jobTitle(): string | null {
    return this.#text('title');
  }

  set jobTitle(title: string | null) {
    this.#setText('title', title);
  }

  get uid(): string | null {
    return this.#text('uid');
  }

  set uid(uid: string | null) {
    this.#setText('uid', uid);
  }

  /** A URI, `data:` ones included; null also for the bare base64 of vCard 3.0. */
  get photo(): string | null {
    const value = this.#text('photo');
    return value !== null && URL.canParse(value) ? value : null;
  }

  set photo(uri: string | null) {
    this.#replace('photo', uri === null || uri === '' ? [] : [property('photo', uri)]);
  }

  /** IMPP and X-SIP with a SIP or SIPS URI that has a user part. Copies. */
  get sipAddresses(): readonly Address[] {
    return this.#sipAddresses().map((address) => address.clone());
  }

  /** By user, host and port. */
  hasSipAddress(address: Address): boolean {
    return this.#sipAddresses().some((own) => own.weakEqual(address));
  }

  /** -1 for an address without user part; 0 also when it is there already. */
  addSipAddress(address: Address): 0 | -1 {
    if (address.username === null) return -1;
    if (!this.hasSipAddress(address)) this.#change([...this.#properties, imppOf(address)]);
    return 0;
  }

  /** Puts an address in the place of the first one. -1 without user part. */
  setMainSipAddress(address: Address): 0 | -1 {
    if (address.username === null) return -1;
    const first = this.#properties.findIndex((each) => sipAddressOf(each) !== undefined);
    const others = this.#properties.filter(
      (each, index) => index !== first && sipAddressOf(each)?.weakEqual(address) !== true,
    );
    this.#change(others.toSpliced(first === -1 ? others.length : first, 0, imppOf(address)));
    return 0;
  }

  removeSipAddress(address: Address): void {
    this.#removeWhere((each) => sipAddressOf(each)?.weakEqual(address) === true);
  }

  /** TEL, without `tel:` and its parameters. */
  get phoneNumbers(): readonly string[] {
    return this.#named('tel').map(phoneNumberOf);
  }

  addPhoneNumber(number: string): void {
    const clean = number.trim();
    if (clean === '' || this.phoneNumbers.includes(clean)) return;
    this.#change([...this.#properties, property('tel', escapeVcardText(clean))]);
  }

  removePhoneNumber(number: string): void {
    this.#removeWhere((each) => each.name === 'tel' && phoneNumberOf(each) === number.trim());
  }

  /** Values of the `X-…` properties of that name, as they are written in the card. */
  getExtendedPropertiesValuesByName(name: string): readonly string[] {
    return this.#named(name.toLowerCase()).map(({ value }) => value);
  }

  /** -1 for a name that does not begin with `X-` or cannot be one. Line breaks become `\n`. */
  addExtendedProperty(name: string, value: string): 0 | -1 {
    if (!/^X-[A-Z0-9-]+$/i.test(name)) return -1;
    const line = value.replace(/\r\n?|\n/g, '\\n').replace(/(?!\t)\p{Cc}/gu, '');
    this.#change([...this.#properties, property(name.toLowerCase(), line)]);
    return 0;
  }

  removeExtendedPropertiesByName(name: string): void {
    const lower = name.toLowerCase();
    this.#removeWhere((each) => each.name === lower && lower.startsWith('x-'));
  }

  #sipAddresses(): readonly Address[] {
    this.#addresses ??= this.#properties.flatMap((each) => sipAddressOf(each) ?? []);
    return this.#addresses;
  }

  #named(name: string): readonly VcardProperty[] {
    return this.#properties.filter((each) => each.name === name);
  }

  #text(name: string): string | null {
    const value = this.#named(name)[0]?.value;
    return value === undefined || value === '' ? null : unescapeVcardText(value);
  }

  #setText(name: string, text: string | null): void {
    const value = escapeVcardText(text ?? '');
    this.#replace(name, value === '' ? [] : [property(name, value)]);
  }

  #component(name: string, index: number): string | null {
    return splitVcardComponents(this.#named(name)[0]?.value ?? '')[index] || null;
  }

  #setComponent(name: string, index: number, count: number, text: string | null): void {
    const components = [...splitVcardComponents(this.#named(name)[0]?.value ?? '')];
    while (components.length < count) components.push('');
    components[index] = text ?? '';
    const empty = components.every((component) => component === '');
    this.#replace(name, empty ? [] : [property(name, joinVcardComponents(components))]);
  }

  /** In the place of the first of that name. */
  #replace(name: string, replacement: readonly VcardProperty[]): void {
    const index = this.#properties.findIndex((each) => each.name === name);
    const others = this.#properties.filter((each) => each.name !== name);
    this.#change(others.toSpliced(index === -1 ? others.length : index, 0, ...replacement));
  }

  #removeWhere(matches: (each: VcardProperty) => boolean): void {
    const kept = this.#properties.filter((each) => !matches(each));
    if (kept.length < this.#properties.length) this.#change(kept);
  }

  #change(properties: readonly VcardProperty[]): void {
    this.#properties = properties;
    this.#addresses = undefined;
    this.onChanged?.();
  }
}

function property(name: string, value: string): VcardProperty {
  return { name, params: {}, type: 'unknown', value };
}

function imppOf(address: Address): VcardProperty {
  return property('impp', escapeVcardText(address.asStringUriOnly()));
}

function phoneNumberOf({ value }: VcardProperty): string {
  const text = unescapeVcardText(value).trim();
  return /^tel:/i.test(text) ? text.slice('tel:'.length).replace(/;.*$/s, '') : text;
}

function sipAddressOf({ name, value }: VcardProperty): Address | undefined {
  if (name !== 'impp' && name !== 'x-sip') return undefined;
  const text = unescapeVcardText(value).trim();
  const uri = name === 'x-sip' && !/^sips?:/i.test(text) ? `sip:${text}` : text;
  if (!/^sips?:/i.test(uri)) return undefined;
  const address = Address.parse(uri);
  return address === null || address.username === null ? undefined : address;
}
