import {
  type NameAddr,
  NO_PARAMS,
  type Params,
  parseAddress,
  serializeNameAddr,
  serializeUri,
  type SipUri,
} from '@dialtone/sip';
import { sameAddress, sameTarget } from './address-equality.ts';
import { isParameterName, readParameterText, withParameter } from './parameter-text.ts';
import { transportFromParameter, transportParameter, TransportType } from './transport-type.ts';

/** How addresses are printed. */
export interface AddressFormat {
  /** `[sip] force_name_addr`: always in `<>`. Default false. */
  readonly forceNameAddr?: boolean;
}

/**
 * A SIP address: optional display name, URI, header parameters (registration.md §5). Mutable, like its
 * model; `clone` before handing one out. Setters return -1 when there is no URI to change.
 *
 * @example
 * const address = Address.parse('"Alice" <sip:alice@example.org;transport=tcp>');
 * address?.domain; // 'example.org'
 */
export class Address {
  #value: NameAddr | undefined;

  private constructor(value: NameAddr | undefined) {
    this.#value = value;
  }

  /**
   * Reads `uri`, `<uri>`, `name <uri>` or `"name" <uri>`; null for anything that is no SIP or SIPS
   * address with a host. Without brackets, `;parameters` belong to the URI. Empty text gives an
   * empty, invalid address.
   */
  static parse(text: string | null): Address | null {
    if (text === null || text === '') return new Address(undefined);
    const value = parseAddress(text);
    return value === undefined ? null : new Address(value);
  }

  /** The address object over an immutable name-addr. */
  static from(value: NameAddr): Address {
    return new Address(value);
  }

  /** The immutable form the SIP stack works with; undefined for an invalid address. */
  get nameAddr(): NameAddr | undefined {
    return this.#value;
  }

  get uri(): SipUri | undefined {
    return this.#value?.uri;
  }

  get isValid(): boolean {
    return this.#value !== undefined;
  }

  get isSip(): boolean {
    return this.#value !== undefined;
  }

  get displayName(): string | null {
    return this.#value?.displayName ?? null;
  }

  setDisplayName(name: string | null): 0 | -1 {
    if (this.#value === undefined) return -1;
    this.#value = { ...this.#value, displayName: name === null || name === '' ? undefined : name };
    return 0;
  }

  get scheme(): 'sip' | 'sips' | null {
    return this.#value?.uri.scheme ?? null;
  }

  get secure(): boolean {
    return this.#value?.uri.scheme === 'sips';
  }

  setSecure(secure: boolean): 0 | -1 {
    return this.#setUri({ scheme: secure ? 'sips' : 'sip' });
  }

  /** User part, unescaped. */
  get username(): string | null {
    return this.#value?.uri.user ?? null;
  }

  setUsername(username: string | null): 0 | -1 {
    return this.#setUri({ user: username === null || username === '' ? undefined : username });
  }

  get password(): string | null {
    return this.#value?.uri.password ?? null;
  }

  setPassword(password: string | null): 0 | -1 {
    return this.#setUri({ password: password === null || password === '' ? undefined : password });
  }

  /** Host; IPv6 without brackets. */
  get domain(): string | null {
    return this.#value?.uri.host ?? null;
  }

  /** -1 also for a text that is no host. */
  setDomain(domain: string): 0 | -1 {
    const host = domain.includes(':') && !domain.startsWith('[') ? `[${domain}]` : domain;
    const parsed = parseAddress(`sip:${host}`)?.uri;
    if (parsed === undefined || parsed.user !== undefined || parsed.params.size > 0) return -1;
    return this.#setUri({ host: parsed.host });
  }

  /** 0 when the URI names none. */
  get port(): number {
    return this.#value?.uri.port ?? 0;
  }

  /** 1 to 65535; 0 removes the port. */
  setPort(port: number): 0 | -1 {
    if (!Number.isInteger(port) || port < 0 || port > 65_535) return -1;
    return this.#setUri({ port: port === 0 ? undefined : port });
  }

  /** From the `transport` parameter; TLS for `sips` (choice C16), else UDP. */
  get transport(): TransportType {
    if (this.secure) return TransportType.Tls;
    return transportFromParameter(this.#value?.uri.params.get('transport') ?? 'udp');
  }

  /** Writes the `transport` parameter; no effect on `sips`. */
  setTransport(transport: TransportType): 0 | -1 {
    return this.secure ? 0 : this.setUriParam('transport', transportParameter(transport));
  }

  hasParam(name: string): boolean {
    return this.#value?.params.has(name.toLowerCase()) ?? false;
  }

  /** Value of a header parameter; empty for one without value, null when absent. */
  getParam(name: string): string | null {
    return readParam(this.#value?.params, name);
  }

  /** Null or empty: a parameter without value. Setting one again moves it to the end; -1: bad name. */
  setParam(name: string, value: string | null): 0 | -1 {
    if (!isParameterName(name)) return -1;
    return this.#setParams(withParameter(this.#params(), name, value));
  }

  removeParam(name: string): 0 | -1 {
    const params = new Map(this.#params());
    params.delete(name.toLowerCase());
    return this.#setParams(params);
  }

  /** Replaces all header parameters by `a=b;c`; -1 when that cannot be read. */
  setParams(text: string | null): 0 | -1 {
    const params = readParameterText(text ?? '');
    return params === undefined ? -1 : this.#setParams(params);
  }

  hasUriParam(name: string): boolean {
    return this.#value?.uri.params.has(name.toLowerCase()) ?? false;
  }

  getUriParam(name: string): string | null {
    return readParam(this.#value?.uri.params, name);
  }

  setUriParam(name: string, value: string | null): 0 | -1 {
    return this.#setUri({ params: withParameter(this.uri?.params ?? NO_PARAMS, name, value) });
  }

  removeUriParam(name: string): 0 | -1 {
    const params = new Map(this.uri?.params);
    params.delete(name.toLowerCase());
    return this.#setUri({ params });
  }

  setUriParams(text: string | null): 0 | -1 {
    const params = readParameterText(text ?? '');
    return params === undefined ? -1 : this.#setUri({ params });
  }

  /** Value of a `?name=value` header of the URI. */
  getHeader(name: string): string | null {
    return readParam(this.#value?.uri.headers, name);
  }

  setHeader(name: string, value: string | null): 0 | -1 {
    return this.#setUri({ headers: withParameter(this.uri?.headers ?? NO_PARAMS, name, value) });
  }

  /** Removes URI parameters, URI headers and header parameters. */
  clean(): void {
    this.#setUri({ params: NO_PARAMS, headers: NO_PARAMS });
    this.#setParams(NO_PARAMS);
  }

  clone(): Address {
    return new Address(this.#value);
  }

  /** `"display" <uri>;params`, in brackets only where they are needed; empty when invalid. */
  asString(format: AddressFormat = {}): string {
    const value = this.#value;
    if (value === undefined) return '';
    const plain =
      value.displayName === undefined &&
      value.uri.params.size === 0 &&
      value.uri.headers.size === 0 &&
      value.params.size === 0;
    return plain && format.forceNameAddr !== true
      ? serializeUri(value.uri)
      : serializeNameAddr(value);
  }

  toString(): string {
    return this.asString();
  }

  /** The URI with parameters and headers, without brackets. */
  asStringUriOnly(): string {
    return this.#value === undefined ? '' : serializeUri(this.#value.uri);
  }

  /** `scheme:user@host;params` with parameters sorted by name, without port: an order for lists. */
  asStringUriOnlyOrdered(): string {
    const uri = this.uri;
    if (uri === undefined) return '';
    const params = new Map([...uri.params].toSorted(([a], [b]) => (a < b ? -1 : 1)));
    return serializeUri({
      ...uri,
      password: undefined,
      port: undefined,
      params,
      headers: NO_PARAMS,
    });
  }

  /** Strong equality (registration.md §5.4). */
  equal(other: Address): boolean {
    return sameAddress(this.#value, other.nameAddr);
  }

  /** Same user, host and port. */
  weakEqual(other: Address): boolean {
    return sameTarget(this.uri, other.uri);
  }

  /** Order of `asStringUriOnlyOrdered`. */
  lesser(other: Address): boolean {
    return this.asStringUriOnlyOrdered() < other.asStringUriOnlyOrdered();
  }

  #params(): Params {
    return this.#value?.params ?? NO_PARAMS;
  }

  #setParams(params: Params): 0 | -1 {
    if (this.#value === undefined) return -1;
    this.#value = { ...this.#value, params };
    return 0;
  }

  #setUri(parts: Partial<SipUri>): 0 | -1 {
    if (this.#value === undefined) return -1;
    this.#value = { ...this.#value, uri: { ...this.#value.uri, ...parts } };
    return 0;
  }
}

function readParam(params: Params | undefined, name: string): string | null {
  const value = params?.get(name.toLowerCase());
  return value === undefined ? null : (value ?? '');
}
