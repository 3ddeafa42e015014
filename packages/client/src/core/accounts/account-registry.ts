import type { Clock, RegistrationContext, RegistrationState } from '@dialtone/sip';
import type { Account } from '../../account/account.ts';
import type { AccountHost, HostInputs } from '../../account/account-host.ts';
import type { AccountSettings } from '../../account/account-params.ts';
import {
  type PushDevice,
  pushDeviceOf,
  type PushNotificationConfig,
} from '../../account/push-notification-config.ts';
import { AccountList } from './account-list.ts';
import type { AccountStorage } from './account-storage.ts';
import type { Core } from '../core.ts';
import type { PushNotifications } from '../push-notifications.ts';
import type { UpdateQueue } from '../update-queue.ts';

/** What the core gives its accounts, and hears from them. */
export interface AccountRegistryParts {
  readonly core: () => Core;
  readonly clock: Clock;
  readonly queue: UpdateQueue;
  readonly push: PushNotifications;
  readonly storage: AccountStorage;
  readonly registrationContext: RegistrationContext;
  readonly registerInputs: (settings: AccountSettings) => HostInputs;
  /** `unregister_previous_contact`. */
  readonly withdrawsLostContacts: () => boolean;
  /** REGISTERs wait for the network. */
  readonly waitsForNetwork: () => boolean;
  readonly onStateChanged: (account: Account, state: RegistrationState, message: string) => void;
  readonly onAdded: (account: Account) => void;
  readonly onRemoved: (account: Account) => void;
  readonly onDefaultChanged: (account: Account | null) => void;
  /** An account removed together with its data has left its server. */
  readonly onGoneWithData: (account: Account) => void;
}

/** Adds, removes and drives the accounts of a core (registration.md §1.5, §2.15). */
export class AccountRegistry implements AccountHost {
  readonly list: AccountList;
  readonly #parts: AccountRegistryParts;
  /** Being removed together with what belongs to them. */
  readonly #withData = new WeakSet<Account>();
  /** Read from the configuration, rather than added by the application since the last start. */
  readonly #loaded = new WeakSet<Account>();
  #default: Account | null = null;
  #networkUp = true;
  /** On: settings are saved and removals are announced to servers. */
  active = false;

  constructor(parts: AccountRegistryParts) {
    this.#parts = parts;
    this.list = new AccountList(parts.clock, (account) => this.#gone(account));
  }

  get core(): Core {
    return this.#parts.core();
  }

  get registrationContext(): RegistrationContext {
    return this.#parts.registrationContext;
  }

  get withdrawsLostContacts(): boolean {
    return this.#parts.withdrawsLostContacts();
  }

  get registrationAllowed(): boolean {
    return this.#networkUp || !this.#parts.waitsForNetwork();
  }

  get networkUp(): boolean {
    return this.#networkUp;
  }

  /** Of the list, then those still being removed. */
  *all(): Iterable<Account> {
    yield* this.list.accounts;
    yield* this.list.deleted;
  }

  /** -1 when server address or identity is missing; 0 also when it is there already. */
  add(account: Account): 0 | -1 {
    const { identityAddress, serverAddr } = account.settings;
    if (identityAddress === null || serverAddr === null) return -1;
    if (this.list.has(account)) return 0;
    this.#withData.delete(account);
    account.attach(this);
    this.list.add(account);
    this.list.resolveDependency(account);
    account.needRegister();
    this.saveAccount(account);
    this.#parts.onAdded(account);
    return 0;
  }

  /** `withData`: its credentials go, too, once it has unregistered. */
  remove(account: Account, { withData = false }: { readonly withData?: boolean } = {}): void {
    if (!this.list.has(account)) return;
    if (withData) this.#withData.add(account);
    const position = this.list.remove(account);
    const unregisters = account.settings.registerEnabled && this.active;
    const stays = unregisters && account.beginRemoval();
    if (stays) {
      this.list.keepUntilUnregistered(account);
      account.needRegister();
    }
    if (this.#default === account) this.setDefault(null);
    this.#saveFrom(position);
    this.#parts.onRemoved(account);
    if (!stays) {
      this.#parts.queue.remove(account);
      this.#gone(account);
    }
  }

  clear(): void {
    for (const account of this.list.accounts.toReversed()) this.remove(account);
  }

  get defaultAccount(): Account | null {
    return this.#default;
  }

  /** An account that is not in the list counts as none. */
  setDefault(account: Account | null): void {
    const accepted = account !== null && this.list.has(account) ? account : null;
    if (accepted === this.#default && accepted === account) return;
    this.#default = accepted;
    this.#saveDefault();
    this.#parts.onDefaultChanged(accepted);
  }

  /** Reads the accounts of the configuration; those added before come after them. */
  load(): void {
    const added = [...this.list.accounts];
    this.list.clear();
    const { storage, registrationContext } = this.#parts;
    for (const account of storage.read(registrationContext.random)) {
      this.#loaded.add(account);
      this.#enter(account);
    }
    for (const account of added) this.#enter(account);
    this.#default ??= this.list.accounts[storage.defaultIndex] ?? null;
  }

  /** Writes all accounts, for those that were added before there was anything to write to. */
  saveAll(): void {
    this.saveNatPolicies();
    this.#saveFrom(0);
  }

  /** Leaves only those NAT policies in the configuration that something names. */
  saveNatPolicies(): void {
    this.#parts.storage.saveNatPolicies(this.list.accounts);
  }

  /** Forgets the accounts that `load` made, to read them anew; those the application added stay. */
  forgetLoaded(): void {
    const added = this.list.accounts.filter((account) => !this.#loaded.has(account));
    for (const account of this.all()) if (this.#loaded.has(account)) account.detach();
    this.list.clear();
    for (const account of added) this.list.add(account);
    if (this.#default !== null && !this.list.has(this.#default)) this.#default = null;
  }

  /** Forgets all accounts without a word to anybody; the configuration keeps them. */
  unload(): void {
    for (const account of this.all()) account.detach();
    this.list.clear();
    this.#default = null;
  }

  /** Down: states None, nothing sent. Up: everybody registers anew. False when nothing changed. */
  setNetworkUp(up: boolean): boolean {
    if (up === this.#networkUp) return false;
    this.#networkUp = up;
    for (const account of this.all()) {
      if (!up) account.networkDown();
    }
    if (up) this.registerAll();
    return true;
  }

  /** Every enabled account registers anew at the next iterate. */
  registerAll(): void {
    for (const account of this.all()) if (account.settings.registerEnabled) account.needRegister();
  }

  /** Refreshes every account that is registered, or could be. */
  refreshAll(filter: (account: Account) => boolean = () => true): void {
    if (!this.#networkUp) return;
    for (const account of this.list.accounts) {
      if (account.settings.expires > 0 && filter(account)) account.refreshRegister();
    }
  }

  /** Makes a change of push settings; accounts whose Contact it changes register again (choice C15). */
  changePush(change: () => void): void {
    const before = this.list.accounts.map((account) => this.pushText(account.settings));
    change();
    this.list.accounts.forEach((account, i) => {
      if (before[i] === this.pushText(account.settings)) return;
      account.needRegister();
      this.saveAccount(account);
    });
  }

  setPushConfig(config: PushNotificationConfig): void {
    this.changePush(() => {
      Object.assign(this.#parts.push.config, config);
      for (const account of this.list.accounts) account.updatePushDevice(pushDeviceOf(config));
    });
  }

  /** Part of the device's description changed, for the core and for every account. */
  updatePushDevice(device: Partial<PushDevice>): void {
    this.changePush(() => {
      Object.assign(this.#parts.push.config, device);
      for (const account of this.list.accounts) account.updatePushDevice(device);
    });
  }

  pushText(settings: AccountSettings): string {
    return JSON.stringify([...this.#parts.push.uriParams(settings)]);
  }

  requestUpdate(account: Account): void {
    this.#parts.queue.add(account);
  }

  registerInputs(settings: AccountSettings): HostInputs {
    return this.#parts.registerInputs(settings);
  }

  resolveDependency(account: Account): void {
    this.list.resolveDependency(account);
  }

  saveAccount(account: Account): void {
    const index = this.list.indexOf(account);
    if (this.active && index !== -1) this.#parts.storage.save(account, index);
  }

  get pushConfig(): PushNotificationConfig {
    return this.#parts.push.config;
  }

  isPushAvailable(settings: AccountSettings): boolean {
    return this.#parts.push.isAvailable(settings);
  }

  onRegistrationStateChanged(account: Account, state: RegistrationState, message: string): void {
    this.#parts.onStateChanged(account, state, message);
    if (account.removing) this.list.deletionProgress(account);
  }

  #gone(account: Account): void {
    account.detach();
    if (this.#withData.delete(account)) this.#parts.onGoneWithData(account);
  }

  #enter(account: Account): void {
    account.attach(this);
    this.list.add(account);
    this.list.resolveDependency(account);
    account.needRegister();
  }

  #saveFrom(position: number): void {
    if (!this.active) return;
    this.#parts.storage.saveFrom(position, this.list.accounts);
    this.#saveDefault();
  }

  #saveDefault(): void {
    if (!this.active) return;
    this.#parts.storage.defaultIndex =
      this.#default === null ? -1 : this.list.indexOf(this.#default);
  }
}
