import { RegistrationState } from '@dialtone/sip';
import type { Account } from '../account/account.ts';
import type { PushNotificationConfig } from '../account/push-notification-config.ts';
import { AccountCreator } from '../account-creator/account-creator.ts';
import type { AccountCreatorService } from '../account-creator/account-creator-service.ts';
import { createDefaultService } from '../account-creator/default-service.ts';
import { AccountCreatorBackend } from '../account-creator/enums.ts';
import { type AccountCreatorHost, defaultIdentityUri } from '../account-creator/host.ts';
import { AccountManagerServices } from '../account-manager-services/account-manager-services.ts';
import { transportParameter, type TransportType } from '../address/transport-type.ts';
import type { AddressFormat } from '../address/address.ts';
import type { AuthInfo } from '../auth-info/auth-info.ts';
import { AuthMethod } from '../auth-info/auth-method.ts';
import type { ApplyReport } from '../config/apply-provisioning.ts';
import type { ConfigStore } from '../config/config-store.ts';
import type { CredentialsProvider } from '../http/credentials.ts';
import type { HttpRequest, HttpResponse } from '../http/http-message.ts';
import { ListenerList } from '../listener-list.ts';
import { ProvisioningSettings } from '../provisioning/provisioning-settings.ts';
import { proxyConfigOf } from '../proxy-config/proxy-config.ts';
import { CoreFriends } from './core-friends.ts';
import { CoreLifecycle } from './core-lifecycle.ts';
import type { CoreListener } from './core-listener.ts';
import type { CoreOptions } from './core-options.ts';
import { createCoreParts } from './core-parts.ts';
import { GlobalState } from './global-state.ts';
import type { TlsOverrides } from '../tls/tls-settings.ts';
import { isTransportEnabled, type Transports, writeTransports } from './transports.ts';
import { XmlRpcSession } from '../xml-rpc/xml-rpc-session.ts';

/**
 * The entry to everything: accounts, credentials, settings, network (registration.md §0). Added and
 * edited accounts register at the next `iterate()`, which runs by itself unless `autoIterateEnabled` is
 * false; answers and timers arrive at any time.
 *
 * @example
 * const core = new Core();
 * core.addAuthInfo(new AuthInfo({ username: 'alice', password: 'secret' }));
 * const config = core.createProxyConfig();
 * config.setIdentityAddress(Address.parse('sip:alice@sip.example.org'));
 * config.setServerAddr('sip:sip.example.org;transport=tls');
 * core.addProxyConfig(config);
 * core.addListener({ onRegistrationStateChanged: (_core, cfg, state) => console.log(state) });
 * await core.start();
 */
export class Core extends CoreFriends implements AccountCreatorHost {
  readonly #lifecycle: CoreLifecycle;
  readonly #listeners = new ListenerList<CoreListener>();
  /** As the application says. */
  #networkWanted = true;
  /** Where the configuration comes from at each start. */
  readonly provisioning: ProvisioningSettings;
  /** The service of account creators made from now on. */
  accountCreatorService: AccountCreatorService | null;

  constructor(options: CoreOptions = {}) {
    super(
      createCoreParts(options, {
        core: () => this,
        onStateChanged: (account, state, message) => this.#onStateChanged(account, state, message),
        onAccountAdded: (account) => this.#tell((l) => l.onAccountAdded?.(this, account)),
        onAccountRemoved: (account) => this.#tell((l) => l.onAccountRemoved?.(this, account)),
        onDefaultChanged: (account) =>
          this.#tell((l) => l.onDefaultAccountChanged?.(this, account)),
        onFriendListCreated: (list) => this.#tell((l) => l.onFriendListCreated?.(this, list)),
        onFriendListRemoved: (list) => this.#tell((l) => l.onFriendListRemoved?.(this, list)),
        onAuthenticationRequested: (info, method) => this.#onAuthenticationRequested(info, method),
      }),
    );
    this.#lifecycle = new CoreLifecycle(this.parts, {
      onGlobalStateChanged: (state, message) =>
        this.#tell((l) => l.onGlobalStateChanged?.(this, state, message)),
      onConfiguringStatus: (state, message) =>
        this.#tell((l) => l.onConfiguringStatus?.(this, state, message ?? null)),
      onAuthenticationRequested: (info, method) => this.#onAuthenticationRequested(info, method),
      canAsk: () =>
        this.#listeners.some((l) => 'onAuthenticationRequested' in l || 'onAuthInfoRequested' in l),
      onNetworkChanged: (reachable) => this.#setNetwork(reachable && this.#networkWanted),
    });
    this.provisioning = new ProvisioningSettings(this.parts.config);
    this.accountCreatorService = createDefaultService(this.accountCreatorBackend);
  }

  // ——— life ———

  get globalState(): GlobalState {
    return this.#lifecycle.state;
  }

  /** Provisions, opens transports, registers accounts. Resolves when On; -1 when it is running already. */
  start(): Promise<0 | -1> {
    return this.#lifecycle.start();
  }

  /** Unregisters (one second at most), closes, saves. */
  stop(): Promise<void> {
    return this.#lifecycle.stop();
  }

  /** Sends what was put off: REGISTERs of added and edited accounts. */
  iterate(): void {
    this.parts.queue.run();
  }

  /** `iterate` by itself when there is work, without polling. Default true. */
  get autoIterateEnabled(): boolean {
    return this.parts.queue.automatic;
  }

  set autoIterateEnabled(enabled: boolean) {
    this.parts.queue.automatic = enabled;
  }

  addListener(listener: CoreListener): void {
    this.#listeners.add(listener);
  }

  removeListener(listener: CoreListener): void {
    this.#listeners.remove(listener);
  }

  get config(): ConfigStore {
    return this.parts.config;
  }

  /**
   * Merges a provisioning document of this machine: the defaults of an assistant.
   *
   * @throws ConfigError `config-unreadable`, `config-bad-xml`.
   */
  loadConfigFromXml(path: string): Promise<ApplyReport> {
    return this.config.applyXmlFile(path);
  }

  /** How this core prints addresses: `address.asString(core.addressFormat)`. */
  get addressFormat(): AddressFormat {
    return this.parts.settings.addressFormat;
  }

  /** Sent in SIP and HTTP requests. */
  get userAgent(): string {
    return this.parts.userAgent;
  }

  set userAgent(text: string) {
    this.parts.userAgent = text.replaceAll(/[\r\n\0]/g, ' ');
  }

  // ——— network ———

  /** The application will not answer: requests of the provisioning that wait for credentials fail. */
  abortAuthentication(_info: AuthInfo | null = null): void {
    this.#lifecycle.pendingCredentials.abort();
  }

  get networkReachable(): boolean {
    return this.parts.accounts.networkUp;
  }

  /**
   * Down: registrations end, connections close, whatever the machine finds until the application says
   * otherwise. Up: everybody registers anew.
   */
  set networkReachable(reachable: boolean) {
    this.#networkWanted = reachable;
    this.#setNetwork(reachable);
  }

  /** Refreshes every registration now. */
  refreshRegisters(): void {
    this.parts.accounts.refreshAll();
  }

  /** The application is looked at again: what has failed is tried now. */
  enterForeground(): void {
    this.parts.accounts.refreshAll(waitsForAnotherAttempt);
  }

  /** After a push or a long sleep: makes sure that servers can reach us (registration.md §2.16). */
  ensureRegistered(): void {
    this.networkReachable = true;
    this.iterate();
    const { stack, settings, clock } = this.parts;
    const due = new Set(
      this.accountList.filter(
        (account) => waitsForAnotherAttempt(account) || account.settings.forceRegisterOnPush,
      ),
    );
    // First, so that no refresh is lost on a connection that is dead already.
    const oldest = clock.now() - settings.unreliableConnectionTimeoutMs;
    for (const flow of stack.transport.flows()) {
      if (flow.lastReceivedAt !== undefined && flow.lastReceivedAt < oldest) flow.close();
    }
    this.parts.accounts.refreshAll((account) => due.has(account));
    if (this.accountList.some(({ state }) => state === RegistrationState.Ok)) {
      stack.keepAlive.pingAll();
    }
  }

  get transports(): Transports {
    return this.parts.transports;
  }

  /** Re-opens sockets; every account registers anew. `setTransports` tells when that is done. */
  set transports(transports: Transports) {
    void this.setTransports(transports);
  }

  async setTransports(transports: Transports): Promise<void> {
    this.parts.transports = transports;
    writeTransports(this.config, transports);
    this.parts.saver.changed();
    if (this.globalState !== GlobalState.On) return;
    await this.parts.ports.open(transports);
    this.parts.accounts.registerAll();
  }

  /** Ports really bound. */
  get transportsUsed(): Transports {
    return this.parts.ports.used;
  }

  isTransportSupported(transport: TransportType): boolean {
    const protocol = transportParameter(transport);
    const { transports } = this.parts;
    return (
      protocol === 'ws' ||
      protocol === 'wss' ||
      ((protocol === 'udp' || protocol === 'tcp' || protocol === 'tls') &&
        isTransportEnabled(transports, protocol))
    );
  }

  /** Option tags of the `Supported` header. */
  get supportedTags(): readonly string[] {
    return this.parts.settings.supportedTags;
  }

  addSupportedTag(tag: string): void {
    const { settings } = this.parts;
    settings.supportedTags = [...settings.supportedTags.filter((known) => known !== tag), tag];
  }

  removeSupportedTag(tag: string): void {
    const { settings } = this.parts;
    settings.supportedTags = settings.supportedTags.filter((known) => known !== tag);
  }

  /** Refresh after `min` to `max` percent of the granted lifetime; senseless values mean 90-90. */
  setRefreshWindow(min: number, max: number): void {
    this.parts.settings.refreshWindow = { min, max };
  }

  /** PEM texts of trusted roots and of the client certificate; they win over files. */
  get tls(): TlsOverrides {
    return this.parts.tls;
  }

  // ——— push ———

  /** Put push parameters on the Contacts of accounts that allow it (RFC 8599). */
  get pushNotificationEnabled(): boolean {
    return this.parts.push.enabled;
  }

  set pushNotificationEnabled(enabled: boolean) {
    this.config.setBool('net', 'push_notification', enabled);
    this.parts.saver.changed();
    this.parts.accounts.changePush(() => {
      this.parts.push.enabled = enabled;
    });
  }

  /** A copy of what accounts without a configuration of their own use. */
  get pushNotificationConfig(): PushNotificationConfig {
    return this.parts.push.config.clone();
  }

  set pushNotificationConfig(config: PushNotificationConfig) {
    this.parts.accounts.setPushConfig(config);
  }

  /** A new device token: all accounts get it. Null: none. */
  updatePushNotificationInformation(param: string | null, prid: string | null): void {
    this.parts.accounts.updatePushDevice({ param: param ?? '', prid: prid ?? '' });
  }

  // ——— HTTP and account creators ———

  get httpCredentials(): CredentialsProvider {
    return this.parts.httpCredentials;
  }

  /** Sends with the core's TLS settings and credentials. */
  http(request: HttpRequest): Promise<HttpResponse> {
    return this.parts.http(request);
  }

  /** `[account_creator] url`: base of the REST API. */
  get accountCreatorUrl(): string | null {
    return this.config.getString('account_creator', 'url') ?? null;
  }

  set accountCreatorUrl(url: string | null) {
    this.config.setString('account_creator', 'url', url ?? undefined);
  }

  /** Which default service a core is made with; later changes count at the next one. */
  get accountCreatorBackend(): AccountCreatorBackend {
    const flexiApi = this.config.getInt('account_creator', 'backend', 0) === 1;
    return flexiApi ? AccountCreatorBackend.FlexiAPI : AccountCreatorBackend.XMLRPC;
  }

  set accountCreatorBackend(backend: AccountCreatorBackend) {
    this.config.setInt('account_creator', 'backend', backend);
  }

  /** `url`: of the XML-RPC endpoint. */
  createAccountCreator(url: string | null = null): AccountCreator {
    return new AccountCreator(this, url);
  }

  /** Requests to the REST API at `accountCreatorUrl`. */
  createAccountManagerServices(): AccountManagerServices {
    return new AccountManagerServices(this);
  }

  /** Requests to an XML-RPC endpoint, made for the default account. */
  createXmlRpcSession(url: string): XmlRpcSession {
    return new XmlRpcSession({
      url,
      http: (request) => this.http(request),
      from: () => defaultIdentityUri(this),
    });
  }

  #setNetwork(up: boolean): void {
    if (!this.parts.accounts.setNetworkUp(up)) return;
    if (!up) this.parts.stack.transport.disconnect();
    this.#tell((l) => l.onNetworkReachable?.(this, up));
  }

  protected override credentialsAdded(): void {
    this.#lifecycle.pendingCredentials.resume();
  }

  #onStateChanged(account: Account, state: RegistrationState, message: string): void {
    this.#tell((l) => l.onAccountRegistrationStateChanged?.(this, account, state, message));
    const config = proxyConfigOf(account);
    this.#tell((l) => l.onRegistrationStateChanged?.(this, config, state, message));
    this.#lifecycle.onAccountStateChanged();
  }

  #onAuthenticationRequested(info: AuthInfo, method: AuthMethod): void {
    this.#tell((l) => l.onAuthenticationRequested?.(this, info, method));
    const { realm, username, domain } = info;
    if (method !== AuthMethod.HttpDigest) return;
    this.#tell((l) => l.onAuthInfoRequested?.(this, realm ?? '', username, domain ?? ''));
  }

  #tell(tell: (listener: CoreListener) => void): void {
    this.#listeners.notify(tell);
  }
}

/** What is being sent at this moment is left alone by a refresh. */
function waitsForAnotherAttempt({ state }: Account): boolean {
  return state === RegistrationState.Failed || state === RegistrationState.Progress;
}
