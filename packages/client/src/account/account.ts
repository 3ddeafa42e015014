import {
  type Random,
  systemRandom,
  type ErrorInfo,
  NO_ERROR,
  type Reason,
  Registration,
  RegistrationState,
  parseNameAddr,
  type NameAddr,
  type Params,
} from '@dialtone/sip';
import { Address } from '../address/address.ts';
import { TransportType } from '../address/transport-type.ts';
import type { AuthInfo } from '../auth-info/auth-info.ts';
import type { Core } from '../core/core.ts';
import { ListenerList } from '../listener-list.ts';
import type { AccountHost, AccountListener } from './account-host.ts';
import type { AccountParams, AccountSettings } from './account-params.ts';
import type { ForeignKeys } from './account-section.ts';
import { compareServers, registerChanged } from './compare-server.ts';
import {
  type PushDevice,
  type PushNotificationConfig,
  withoutParams,
} from './push-notification-config.ts';
import { CustomHeaders } from './custom-headers.ts';
import { MasterLink } from './master-link.ts';
import { WithdrawnContacts } from './withdrawn-contacts.ts';
import { registerParameters } from './register-parameters.ts';

/**
 * An account that registers: settings, state, contact (registration.md §1.1). Change it by
 * `setParams(changed copy of params)`; REGISTERs go out at the next iterate of the core.
 */
export class Account {
  #params: AccountParams;
  #host: AccountHost | undefined;
  #registration: Registration | undefined;
  /** For the core: what this account depends on, and what depends on it. */
  readonly link = new MasterLink(this);
  #listeners: ListenerList<AccountListener> | undefined;
  readonly #customHeaders = new CustomHeaders();
  #registerNeeded = false;
  #removing = false;
  readonly #withdrawn = new WithdrawnContacts();
  /** Keys of the configuration section that are not ours. */
  foreignKeys: ForeignKeys = [];
  /** Free for the application. */
  userData: unknown = undefined;

  /** `random` makes the `idkey` of an account that has none. */
  constructor(params: AccountParams, random: Random = systemRandom) {
    this.#params = params.clone();
    this.#params.idkey ??= newIdkey(random);
  }

  /** A copy of the settings. */
  get params(): AccountParams {
    return this.#params.clone();
  }

  /** Settings to be read only, without the cost of a copy. */
  get settings(): AccountSettings {
    return this.#params;
  }

  get state(): RegistrationState {
    return this.#registration?.state ?? RegistrationState.None;
  }

  /** Why the last REGISTER failed. */
  get error(): Reason {
    return this.errorInfo.reason;
  }

  get errorInfo(): ErrorInfo {
    return this.#registration?.errorInfo ?? NO_ERROR;
  }

  /** How others reach this account, as of the last success; null before the first. */
  get contact(): Address | null {
    const contact = this.#registration?.contact;
    return contact === undefined ? null : Address.from(contact);
  }

  get serviceRoute(): Address | null {
    const route = this.#registration?.serviceRoute;
    const parsed = route === undefined ? undefined : parseNameAddr(route);
    return parsed === undefined ? null : Address.from(parsed);
  }

  /** Transport of the service route, else of the first route, else of the server address. */
  get transport(): TransportType {
    const address = this.serviceRoute ?? this.#params.routes[0] ?? this.#params.serverAddress;
    return address?.transport ?? TransportType.Udp;
  }

  /** Enough is known for this account to be woken by push. */
  get pushNotificationAvailable(): boolean {
    return this.#host?.isPushAvailable(this.#params) ?? false;
  }

  /** The push configuration that counts: of the settings, else the one of the core. */
  get pushNotificationConfig(): PushNotificationConfig | null {
    return this.#params.pushNotificationConfig ?? this.#host?.pushConfig.clone() ?? null;
  }

  /** The account that must be registered first; null: none. */
  get dependency(): Account | null {
    return this.link.master ?? null;
  }

  /** Null and the account itself clear. Usually set before adding to a core. */
  set dependency(master: Account | null) {
    const params = this.params;
    const accepted = master === this ? null : master;
    params.dependsOn = accepted?.settings.idkey ?? null;
    const changed = this.dependency !== accepted;
    this.link.set(accepted ?? undefined);
    this.#params = params;
    if (this.#host === undefined || !changed) return;
    this.#host.resolveDependency(this);
    this.#host.saveAccount(this);
    this.needRegister();
  }

  /** The core it is in. */
  get core(): Core | null {
    return this.#host?.core ?? null;
  }

  /** The credentials that would answer for this account; hashed ones of another realm included. */
  findAuthInfo(): AuthInfo | null {
    const { realm, identityAddress } = this.#params;
    if (identityAddress === null || identityAddress.username === null) return null;
    const { username, domain } = identityAddress;
    return this.#host?.core.findAuthInfo(realm, username, domain) ?? null;
  }

  /** A free key and value of the application, saved with the account. */
  addCustomParam(key: string, value: string): void {
    const params = this.params;
    params.addCustomParam(key, value);
    this.setParams(params);
  }

  /** Empty when there is none. */
  getCustomParam(key: string): string {
    return this.#params.getCustomParam(key);
  }

  addListener(listener: AccountListener): void {
    this.#listeners ??= new ListenerList();
    this.#listeners.add(listener);
  }

  removeListener(listener: AccountListener): void {
    this.#listeners?.remove(listener);
  }

  /**
   * Replaces the settings and lets the registration follow (registration.md §1.3, §1.4). -1 when server
   * address or identity is missing: the settings are stored but nothing is sent.
   */
  setParams(params: AccountParams): 0 | -1 {
    const before = this.#params;
    this.#params = params.clone();
    const complete = params.serverAddress !== null && params.identityAddress !== null;
    const host = this.#host;
    if (host === undefined) return complete ? 0 : -1;
    host.saveAccount(this);
    if (!complete) return -1;
    this.#withdrawn.replaced(before.customContact, params.customContact);
    host.resolveDependency(this);
    const hasGruu = this.#registration?.contact?.uri.params.has('gr') === true;
    const change = compareServers(before, this.#params, hasGruu);
    if (change === 'different') this.#registration?.abandonServer();
    const pushChanged = host.pushText(before) !== host.pushText(this.#params);
    if (change !== 'equal' || pushChanged || registerChanged(before, this.#params)) {
      this.needRegister();
    }
    return 0;
  }

  /**
   * A header for the next REGISTERs; an empty value removes it. It goes out with the next edit or when
   * the network comes back. -1 for a name or value that cannot be a header.
   */
  setCustomHeader(name: string, value: string | null): 0 | -1 {
    return this.#customHeaders.set(name, value);
  }

  /** A header of the last final answer to REGISTER; null when it has none. */
  getCustomHeader(name: string): string | null {
    return this.#registration?.receivedHeader(name) ?? null;
  }

  /** Refreshes now. Ignored while a REGISTER is under way and when registration is disabled. */
  refreshRegister(): void {
    if (this.#params.registerEnabled) this.#registration?.refresh();
  }

  /** Stops refreshing until the next refresh or network change; the binding ends by itself. */
  pauseRegister(): void {
    this.#registration?.pause();
  }

  // The rest is for the core.

  /** The core this account is in. */
  get host(): AccountHost | undefined {
    return this.#host;
  }

  /** Enters a core. */
  attach(host: AccountHost): void {
    this.#removing = false;
    if (this.#host === host) return;
    this.#host = host;
    this.#registration = new Registration(host.registrationContext, (state, message) =>
      this.#onStateChanged(state, message),
    );
  }

  /** Leaves its core: nothing is sent any more. */
  detach(): void {
    this.#registration?.dispose();
    this.#host = undefined;
    this.#removing = false;
    this.#registerNeeded = false;
  }

  /** Leaves the list of its core: the binding is to be removed. False when there is none. */
  beginRemoval(): boolean {
    this.#removing = true;
    const { state } = this;
    if (state === RegistrationState.Failed || state === RegistrationState.Cleared) {
      this.#registration?.release('Registration disabled');
      return false;
    }
    this.#registration?.stopAsking();
    return true;
  }

  get removing(): boolean {
    return this.#removing;
  }

  /** Marks the registration for (re-)evaluation at the next iterate. */
  needRegister(): void {
    this.#registerNeeded = true;
    this.#host?.requestUpdate(this);
  }

  /** Registers or unregisters if that is due and allowed (registration.md §2.2). */
  update(): void {
    if (!this.#registerNeeded || this.#host === undefined || !this.#mayUpdate(this.#host)) return;
    this.#registerNeeded = false;
    if (this.#params.registerEnabled && !this.#removing) this.#register(this.#host);
    else this.unregister();
  }

  /** Removes the binding, if there may be one. */
  unregister(): void {
    const registration = this.#registration;
    const { state } = this;
    if (state === RegistrationState.None || state === RegistrationState.Cleared) return;
    if (registration?.started === true) registration.unregister();
    else registration?.release('Registration disabled');
  }

  /** A new device token, for an account with a push configuration of its own. */
  updatePushDevice(device: Partial<PushDevice>): void {
    const config = this.#params.pushNotificationConfig;
    if (config === null) return;
    this.#params.pushNotificationConfig = Object.assign(config, device);
  }

  /** The network went down: nothing can be sent. */
  networkDown(): void {
    if (!this.#params.registerEnabled) return;
    const binding = this.#registration?.contact;
    const lost = this.state === RegistrationState.Ok && binding !== undefined;
    if (lost && this.#host?.withdrawsLostContacts === true) this.#withdrawn.lost(binding);
    this.#registration?.release('Registration impossible (network down)');
  }

  /** The master is gone: a normal account from now on. */
  forgetDependency(): void {
    this.link.set(undefined);
    const params = this.params;
    params.dependsOn = null;
    this.#params = params;
    this.#host?.saveAccount(this);
    this.needRegister();
  }

  #mayUpdate(host: AccountHost): boolean {
    if (!host.registrationAllowed) return false;
    if (this.#removing) return this.state !== RegistrationState.None;
    const { master } = this.link;
    if (master === undefined || !this.#params.registerEnabled) return true;
    return master.state === RegistrationState.Ok;
  }

  #register(host: AccountHost): void {
    const inputs = host.registerInputs(this.#params);
    this.#cleanContactUri(host, inputs.pushParams);
    const parameters = registerParameters(this.#params, {
      ...inputs,
      masterContact: this.link.master?.masterContact,
      customBase: this.#customHeaders.get('contact'),
      customHeaders: this.#customHeaders.entries,
      withdrawnContacts: this.#withdrawn.take(),
    });
    if (parameters === undefined) this.#registration?.fail('Registration impossible');
    else this.#registration?.register(parameters);
  }

  /** Push parameters the core writes replace those set by hand. */
  #cleanContactUri(host: AccountHost, pushParams: Params): void {
    const cleaned = withoutParams(this.#params.contactUriParameters, pushParams);
    if (cleaned === this.#params.contactUriParameters) return;
    this.#params.contactUriParameters = cleaned;
    host.saveAccount(this);
  }

  /** The contact a dependent account registers instead of its own. */
  get masterContact(): NameAddr | undefined {
    return this.#registration?.contact;
  }

  #onStateChanged(state: RegistrationState, message: string): void {
    for (const dependent of this.link.dependents) dependent.#masterChanged(state, message);
    this.#listeners?.notify((listener) =>
      listener.onRegistrationStateChanged?.(this, state, message),
    );
    this.#host?.onRegistrationStateChanged(this, state, message);
  }

  #masterChanged(state: RegistrationState, message: string): void {
    if (!this.#params.registerEnabled) return;
    if (state === RegistrationState.Ok) this.needRegister();
    if (state === RegistrationState.Failed || state === RegistrationState.Cleared) {
      this.#registration?.mirror(state, message);
    }
  }
}

/** A key by which other accounts may name this one as their master. */
export function newIdkey(random: Random): string {
  return `proxy_config_${random.token(15)}`;
}
