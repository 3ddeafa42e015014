import { Address } from '../address/address.ts';
import { TransportType } from '../address/transport-type.ts';
import type { NatPolicy } from './nat-policy.ts';
import type { PushNotificationConfig } from './push-notification-config.ts';

/** Bits of `privacy` (RFC 3323). */
export const Privacy = {
  None: 0,
  User: 1,
  Header: 2,
  Session: 4,
  Id: 8,
  Critical: 16,
  /** Leave privacy to others. */
  Default: 0x8000,
} as const;

/** What a negative lifetime is read as. */
const FALLBACK_EXPIRES_SECONDS = 600;

/**
 * The settings of an account: a value object, cloned, changed, then given back with
 * `account.setParams` (registration.md §1.1). Setters with a status return -1 and change nothing when
 * the value cannot be used (choice C2).
 */
export class AccountParams {
  #identityAddress: Address | null = null;
  #serverAddress: Address | null = null;
  #routes: readonly Address[] = [];
  #outboundProxyEnabled = false;
  #expires = 3600;
  #publishExpires = 600;
  #supportedTags: readonly string[] | null = null;
  #customContact: Address | null = null;
  #customParams: ReadonlyMap<string, string> | undefined;
  #pushConfig: PushNotificationConfig | undefined;
  #natPolicy: NatPolicy | null = null;
  registerEnabled = true;
  /** `a=b;c=d` on the Contact header, outside the brackets. */
  contactParameters: string | null = null;
  /** `a=b;c=d` on the Contact URI, inside the brackets. */
  contactUriParameters: string | null = null;
  realm: string | null = null;
  publishEnabled = false;
  /** Country calling code without `+`. */
  internationalPrefix: string | null = null;
  internationalPrefixIsoCountryCode: string | null = null;
  useInternationalPrefixForCallsAndChats = true;
  /** Write `+` as the international call prefix of the country. */
  dialEscapePlusEnabled = false;
  /** Bit mask of `Privacy`. */
  privacy: number = Privacy.Default;
  /** An opaque key of the application. */
  refKey: string | null = null;
  /** Names this account in `dependsOn` of others; generated when an account is created. */
  idkey: string | null = null;
  /** `idkey` of the account this one depends on. */
  dependsOn: string | null = null;
  /** Names the NAT policy in the configuration. */
  natPolicyRef: string | null = null;
  pushNotificationAllowed = false;
  remotePushNotificationAllowed = false;
  forceRegisterOnPush = false;
  unregisterAtStopEnabled = true;

  /** From, To and address of record. */
  get identityAddress(): Address | null {
    return this.#identityAddress?.clone() ?? null;
  }

  /** -1 without user name. */
  setIdentityAddress(address: Address | null): 0 | -1 {
    if (address === null || address.username === null) return -1;
    this.#identityAddress = address.clone();
    return 0;
  }

  get serverAddress(): Address | null {
    return this.#serverAddress?.clone() ?? null;
  }

  /** Null clears. */
  setServerAddress(address: Address | null): 0 | -1 {
    if (address !== null && !address.isValid) return -1;
    this.#serverAddress = address?.clone() ?? null;
    this.#applyOutboundProxy();
    return 0;
  }

  /** The server address as text; `sip:` is put before a text without scheme. Empty: no change. */
  setServerAddr(text: string | null): 0 | -1 {
    if (text === null || text === '') return 0;
    const address = parseWithScheme(text);
    return address === null ? -1 : this.setServerAddress(address);
  }

  get serverAddr(): string | null {
    return this.#serverAddress?.asString() ?? null;
  }

  /** Transport of the server address. */
  get transport(): TransportType {
    return this.#serverAddress?.transport ?? TransportType.Udp;
  }

  /** -1 without server address; no effect on `sips`. */
  setTransport(transport: TransportType): 0 | -1 {
    const address = this.serverAddress;
    return address === null || address.setTransport(transport) === -1
      ? -1
      : this.setServerAddress(address);
  }

  /** Route set of requests other than REGISTER. */
  get routes(): readonly Address[] {
    return this.#routes.map((route) => route.clone());
  }

  /** Replaces all; entries that cannot be read are left out, and the result is -1. */
  setRoutes(routes: readonly (Address | string)[] | null): 0 | -1 {
    const read = (routes ?? []).map((route) =>
      typeof route === 'string' ? parseWithScheme(route) : route,
    );
    this.#routes = read.flatMap((route) => (route?.isValid === true ? [route.clone()] : []));
    this.#outboundProxyEnabled = this.#goesThroughServer();
    return this.#routes.length === read.length ? 0 : -1;
  }

  /** One route; empty or null: none. */
  setRoute(text: string | null): 0 | -1 {
    if (text === null || text === '') return this.setRoutes(null);
    const route = parseWithScheme(text);
    return route === null ? -1 : this.setRoutes([route]);
  }

  /** All requests go through the server address. */
  get outboundProxyEnabled(): boolean {
    return this.#outboundProxyEnabled;
  }

  /** -1 without server address. */
  setOutboundProxyEnabled(enabled: boolean): 0 | -1 {
    if (enabled && this.#serverAddress === null) return -1;
    this.#outboundProxyEnabled = enabled;
    this.#routes = [];
    this.#applyOutboundProxy();
    return 0;
  }

  /** Lifetime to ask for, seconds; negative values read as 600. */
  get expires(): number {
    return this.#expires;
  }

  set expires(seconds: number) {
    this.#expires = lifetime(seconds);
  }

  get publishExpires(): number {
    return this.#publishExpires;
  }

  set publishExpires(seconds: number) {
    this.#publishExpires = lifetime(seconds);
  }

  /** A second binding to register. */
  get customContact(): Address | null {
    return this.#customContact?.clone() ?? null;
  }

  set customContact(address: Address | null) {
    this.#customContact = address?.isValid === true ? address.clone() : null;
  }

  /** Option tags of `Supported`; null: those of the core; empty: no header. */
  get supportedTagsList(): readonly string[] | null {
    return this.#supportedTags;
  }

  set supportedTagsList(tags: readonly string[] | null) {
    this.#supportedTags = tags === null ? null : [...tags];
  }

  /** Null: the one of the core. */
  get pushNotificationConfig(): PushNotificationConfig | null {
    return this.#pushConfig?.clone() ?? null;
  }

  set pushNotificationConfig(config: PushNotificationConfig | null) {
    this.#pushConfig = config?.clone();
  }

  /** How media gets through NATs; null: as the core says, or `natPolicyRef` names none. */
  get natPolicy(): NatPolicy | null {
    return this.#natPolicy?.ref === this.natPolicyRef ? this.#natPolicy : null;
  }

  /** Names it in `natPolicyRef`, too. */
  set natPolicy(policy: NatPolicy | null) {
    this.#natPolicy = policy;
    this.natPolicyRef = policy?.ref ?? null;
  }

  /** Free keys and values of the application, persisted. */
  get customParams(): ReadonlyMap<string, string> {
    return this.#customParams ?? NO_CUSTOM_PARAMS;
  }

  addCustomParam(key: string, value: string): void {
    this.#customParams = new Map(this.#customParams).set(key, value);
  }

  getCustomParam(key: string): string {
    return this.#customParams?.get(key) ?? '';
  }

  clone(): AccountParams {
    const copy = Object.assign(new AccountParams(), this);
    copy.#identityAddress = this.#identityAddress;
    copy.#serverAddress = this.#serverAddress;
    copy.#routes = this.#routes;
    copy.#outboundProxyEnabled = this.#outboundProxyEnabled;
    copy.#expires = this.#expires;
    copy.#publishExpires = this.#publishExpires;
    copy.#supportedTags = this.#supportedTags;
    copy.#customContact = this.#customContact;
    copy.#customParams = this.#customParams;
    copy.#pushConfig = this.#pushConfig;
    copy.#natPolicy = this.#natPolicy;
    return copy;
  }

  #applyOutboundProxy(): void {
    if (this.#outboundProxyEnabled) {
      this.#routes = this.#serverAddress === null ? [] : [this.#serverAddress];
    } else {
      this.#outboundProxyEnabled = this.#goesThroughServer();
    }
  }

  #goesThroughServer(): boolean {
    const [route] = this.#routes;
    return route !== undefined && this.#serverAddress?.weakEqual(route) === true;
  }
}

/** Settings that are only read. */
export type AccountSettings = Readonly<Pick<AccountParams, keyof AccountParams>>;

const NO_CUSTOM_PARAMS: ReadonlyMap<string, string> = new Map();

/** A text without `sip:` or `sips:` gets `sip:`; null when it cannot be read. */
function parseWithScheme(text: string): Address | null {
  const address = Address.parse(/sips?:/i.test(text) ? text : `sip:${text}`);
  return address?.isValid === true ? address : null;
}

function lifetime(seconds: number): number {
  return seconds < 0 || !Number.isFinite(seconds) ? FALLBACK_EXPIRES_SECONDS : Math.floor(seconds);
}
