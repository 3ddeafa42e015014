import type { ErrorInfo, Reason, RegistrationState } from '@dialtone/sip';
import { Account } from '../account/account.ts';
import { AccountParams, type AccountSettings } from '../account/account-params.ts';
import type { NatPolicy } from '../account/nat-policy.ts';
import { normalizePhoneNumber, normalizeSipUri } from '../account/normalize.ts';
import type { PushNotificationConfig } from '../account/push-notification-config.ts';
import { Address } from '../address/address.ts';
import type { AuthInfo } from '../auth-info/auth-info.ts';
import type { Core } from '../core/core.ts';
import type { TransportType } from '../address/transport-type.ts';

/** One view for one account: applications compare them by identity. */
const VIEWS = new WeakMap<Account, ProxyConfig>();

/**
 * An account in the manner of Linphone's manual (registration.md §1): `edit()`, change, `done()`. Setters
 * outside an edit commit by themselves; those with a status return -1 and change nothing when the value
 * cannot be used.
 *
 * @example
 * const config = core.createProxyConfig();
 * config.setIdentityAddress(Address.parse('sip:alice@example.org'));
 * config.setServerAddr('sip:example.org');
 * core.addProxyConfig(config);
 */
export class ProxyConfig {
  readonly #account: Account;
  #edited: AccountParams | undefined;
  /** Free for the application. */
  userData: unknown = undefined;

  /** Without account: a new one with built-in defaults, in no core. */
  constructor(account: Account = new Account(new AccountParams())) {
    this.#account = account;
    VIEWS.set(account, this);
  }

  /** The account behind this view of it. */
  get account(): Account {
    return this.#account;
  }

  /** Begins to collect changes; nothing happens before `done`. */
  edit(): void {
    this.#edited ??= this.#account.params;
  }

  /** Commits the collected changes. -1 without edit, or when server address or identity is missing. */
  done(): 0 | -1 {
    const edited = this.#edited;
    if (edited === undefined) return -1;
    this.#edited = undefined;
    return this.#account.setParams(edited);
  }

  get identityAddress(): Address | null {
    return this.#params.identityAddress;
  }

  /** -1 for null and for an address without user name. */
  setIdentityAddress(address: Address | null): 0 | -1 {
    return this.#change((params) => params.setIdentityAddress(address));
  }

  /** The identity as text. */
  get identity(): string | null {
    return this.#params.identityAddress?.asString() ?? null;
  }

  /** The identity from text, as older manuals set it. */
  setIdentity(text: string | null): 0 | -1 {
    return this.setIdentityAddress(Address.parse(text));
  }

  /** Domain of the identity. */
  get domain(): string | null {
    return this.#params.identityAddress?.domain ?? null;
  }

  get serverAddr(): string | null {
    return this.#params.serverAddr;
  }

  /** Empty or null: 0, no change. `sip:` may be left out. */
  setServerAddr(text: string | null): 0 | -1 {
    return this.#change((params) => params.setServerAddr(text));
  }

  get routes(): readonly Address[] {
    return this.#params.routes;
  }

  /** The first route. */
  get route(): string | null {
    return this.#params.routes[0]?.asString() ?? null;
  }

  setRoute(text: string | null): 0 | -1 {
    return this.#change((params) => params.setRoute(text));
  }

  /** Good entries are kept even when others are not; then the result is -1. */
  setRoutes(routes: readonly (Address | string)[] | null): 0 | -1 {
    let result: 0 | -1 = 0;
    this.#change((params) => {
      result = params.setRoutes(routes);
    });
    return result;
  }

  get registerEnabled(): boolean {
    return this.#params.registerEnabled;
  }

  set registerEnabled(value: boolean) {
    this.#set('registerEnabled', value);
  }

  /** Seconds; negative values read as 600. */
  get expires(): number {
    return this.#params.expires;
  }

  set expires(value: number) {
    this.#set('expires', value);
  }

  get contactParameters(): string | null {
    return this.#params.contactParameters;
  }

  set contactParameters(value: string | null) {
    this.#set('contactParameters', value);
  }

  get contactUriParameters(): string | null {
    return this.#params.contactUriParameters;
  }

  set contactUriParameters(value: string | null) {
    this.#set('contactUriParameters', value);
  }

  get dialPrefix(): string | null {
    return this.#params.internationalPrefix;
  }

  set dialPrefix(value: string | null) {
    this.#set('internationalPrefix', value);
  }

  get dialEscapePlus(): boolean {
    return this.#params.dialEscapePlusEnabled;
  }

  set dialEscapePlus(value: boolean) {
    this.#set('dialEscapePlusEnabled', value);
  }

  get realm(): string | null {
    return this.#params.realm;
  }

  set realm(value: string | null) {
    this.#set('realm', value);
  }

  get refKey(): string | null {
    return this.#params.refKey;
  }

  set refKey(value: string | null) {
    this.#set('refKey', value);
  }

  get idkey(): string | null {
    return this.#params.idkey;
  }

  set idkey(value: string | null) {
    this.#set('idkey', value);
  }

  get privacy(): number {
    return this.#params.privacy;
  }

  set privacy(value: number) {
    this.#set('privacy', value);
  }

  get publishEnabled(): boolean {
    return this.#params.publishEnabled;
  }

  set publishEnabled(value: boolean) {
    this.#set('publishEnabled', value);
  }

  get publishExpires(): number {
    return this.#params.publishExpires;
  }

  set publishExpires(value: number) {
    this.#set('publishExpires', value);
  }

  get natPolicyRef(): string | null {
    return this.#params.natPolicyRef;
  }

  set natPolicyRef(value: string | null) {
    this.#set('natPolicyRef', value);
  }

  /** How media gets through NATs; not used by registration. */
  get natPolicy(): NatPolicy | null {
    return this.#params.natPolicy;
  }

  set natPolicy(value: NatPolicy | null) {
    this.#set('natPolicy', value);
  }

  get pushNotificationAllowed(): boolean {
    return this.#params.pushNotificationAllowed;
  }

  set pushNotificationAllowed(value: boolean) {
    this.#set('pushNotificationAllowed', value);
  }

  get remotePushNotificationAllowed(): boolean {
    return this.#params.remotePushNotificationAllowed;
  }

  set remotePushNotificationAllowed(value: boolean) {
    this.#set('remotePushNotificationAllowed', value);
  }

  get pushNotificationConfig(): PushNotificationConfig | null {
    return this.#params.pushNotificationConfig ?? this.#account.pushNotificationConfig;
  }

  set pushNotificationConfig(value: PushNotificationConfig | null) {
    this.#set('pushNotificationConfig', value);
  }

  /** Enough is known for this account to be woken by push. */
  get pushNotificationAvailable(): boolean {
    return this.#account.pushNotificationAvailable;
  }

  /** The account that must be registered first, and whose contact is shared (registration.md §4). */
  get dependency(): ProxyConfig | null {
    const master = this.#account.dependency;
    return master === null ? null : proxyConfigOf(master);
  }

  set dependency(master: ProxyConfig | null) {
    this.#account.dependency = master?.account ?? null;
    // An open edit must not bring the old link back.
    if (this.#edited !== undefined) this.#edited.dependsOn = this.#account.settings.dependsOn;
  }

  get state(): RegistrationState {
    return this.#account.state;
  }

  get error(): Reason {
    return this.#account.error;
  }

  get errorInfo(): ErrorInfo {
    return this.#account.errorInfo;
  }

  get contact(): Address | null {
    return this.#account.contact;
  }

  get transport(): TransportType {
    return this.#account.transport;
  }

  refreshRegister(): void {
    this.#account.refreshRegister();
  }

  pauseRegister(): void {
    this.#account.pauseRegister();
  }

  setCustomHeader(name: string, value: string | null): 0 | -1 {
    return this.#account.setCustomHeader(name, value);
  }

  getCustomHeader(name: string): string | null {
    return this.#account.getCustomHeader(name);
  }

  /** The core it is in. */
  get core(): Core | null {
    return this.#account.core;
  }

  /** The credentials that would answer for this account. */
  findAuthInfo(): AuthInfo | null {
    return this.#account.findAuthInfo();
  }

  /** As the method, without account. */
  static normalizePhoneNumber(text: string): string | null {
    return normalizePhoneNumber(null, text);
  }

  /** As the method, without account. */
  static normalizeSipUri(text: string): Address | null {
    return normalizeSipUri(null, text);
  }

  /** Null when `text` is no phone number. */
  normalizePhoneNumber(text: string): string | null {
    return normalizePhoneNumber(this.#params, text);
  }

  normalizeSipUri(text: string): Address | null {
    return normalizeSipUri(this.#params, text);
  }

  get #params(): AccountSettings {
    return this.#edited ?? this.#account.settings;
  }

  #set<Key extends keyof AccountParams>(key: Key, value: AccountParams[Key]): void {
    this.#change((params) => {
      params[key] = value;
    });
  }

  #change<Result>(change: (params: AccountParams) => Result): Result {
    if (this.#edited !== undefined) return change(this.#edited);
    const params = this.#account.params;
    const result = change(params);
    if (result !== -1) this.#account.setParams(params);
    return result;
  }
}

/** The one `ProxyConfig` of an account, made when it is first asked for. */
export function proxyConfigOf(account: Account): ProxyConfig {
  return VIEWS.get(account) ?? new ProxyConfig(account);
}
