import type { AddressFormat } from '../address/address.ts';
import type { ConfigStore } from '../config/config-store.ts';
import { type ContactsRequest, type FetchedContacts, fetchContacts } from './fetch-contacts.ts';
import type { Friend } from './friend.ts';
import { FriendFile, storesFriends } from './friend-file.ts';
import { FriendList, type FriendListHost } from './friend-list.ts';
import { FriendListType } from './friend-enums.ts';
import { FriendSections } from './friend-sections.ts';

/** What the lists need of their core. */
export interface FriendListsParts {
  readonly config: ConfigStore;
  /** How addresses are printed. */
  readonly addressFormat: () => AddressFormat;
  /** Everything of a request but what to fetch and when to stop. */
  readonly request: () => Omit<ContactsRequest, 'url' | 'signal'>;
  readonly normalizeNumber: (number: string) => string;
  /** `file` is to be saved. */
  readonly onFileChanged: () => void;
  readonly onCreated: (list: FriendList) => void;
  readonly onRemoved: (list: FriendList) => void;
}

/** The friend lists of a core: the default one, kept in the configuration, and others, kept beside it. */
export class FriendLists implements FriendListHost {
  readonly default: FriendList;
  /** Of the lists beside the default one. */
  readonly file: FriendFile;
  readonly #parts: FriendListsParts;
  readonly #sections: FriendSections;
  #others: readonly FriendList[] = [];
  #abort = new AbortController();

  constructor(parts: FriendListsParts) {
    this.#parts = parts;
    this.#sections = new FriendSections(parts.config, parts.addressFormat);
    this.file = new FriendFile(parts.config, () => this.#others);
    this.default = new FriendList(this, FriendListType.Default);
    this.default.displayName = '_default';
  }

  get all(): readonly FriendList[] {
    return [this.default, ...this.#others];
  }

  create(readOnly = false): FriendList {
    const list = new FriendList(this, FriendListType.VCard4, readOnly);
    list.subscriptionsEnabled = this.subscriptionsEnabled;
    return list;
  }

  add(list: FriendList): void {
    if (this.all.includes(list)) return;
    this.#others = [...this.#others, list];
    this.listChanged(list);
    this.#parts.onCreated(list);
  }

  /** The default list stays. */
  remove(list: FriendList): void {
    if (!this.#others.includes(list)) return;
    this.listChanged(list);
    this.#others = this.#others.filter((each) => each !== list);
    this.#parts.onRemoved(list);
  }

  /** `[net] friendlist_subscription_enabled`: of all lists there are, and those made later. */
  get subscriptionsEnabled(): boolean {
    return this.#parts.config.getBool('net', 'friendlist_subscription_enabled', true);
  }

  set subscriptionsEnabled(enabled: boolean) {
    this.#parts.config.setBool('net', 'friendlist_subscription_enabled', enabled);
    this.#followSubscriptions();
  }

  /** Reads the configuration, anew after a document was applied. */
  read(): void {
    this.#sections.read(this.default);
    this.#followSubscriptions();
  }

  /** Reads the file, once. */
  async load(): Promise<void> {
    for (const { displayName, uri, readOnly, friends } of await this.file.load()) {
      const list = this.create(readOnly);
      list.displayName = displayName;
      list.uri = uri;
      for (const friend of friends) list.adopt(friend);
      this.#others = [...this.#others, list];
      this.#parts.onCreated(list);
    }
    // What was added before could not be saved.
    if (this.file.isDirty) this.#parts.onFileChanged();
  }

  /**
   * The list of `[misc] contacts-vcard-list`, made if there is none yet, and its synchronisation in the
   * background (provisioning-client.md §2.9).
   */
  openContactsList(): void {
    const { config } = this.#parts;
    const url = config.getString('misc', 'contacts-vcard-list');
    if (url === undefined) return;
    let list = this.#others.find(({ displayName }) => displayName === url);
    if (list === undefined) {
      list = this.create(true);
      list.displayName = url;
      list.uri = url;
      this.add(list);
    }
    if (config.getBool('misc', 'fetch_contacts_vcard_list_at_startup', true)) {
      void list.synchronizeFriendsFromServer();
    }
  }

  /** Ends running synchronisations; resolves when they have told so. */
  async stop(): Promise<void> {
    this.#abort.abort();
    this.#abort = new AbortController();
    for (const { synchronization } of this.all) await synchronization;
  }

  // ——— for the lists ———

  fetchContacts(url: string): Promise<FetchedContacts> {
    return fetchContacts({ ...this.#parts.request(), url, signal: this.#abort.signal });
  }

  normalizeNumber(number: string): string {
    return this.#parts.normalizeNumber(number);
  }

  friendSaved(list: FriendList, friend: Friend): void {
    if (list !== this.default) return this.listChanged(list);
    if (storesFriends(this.#parts.config)) this.#sections.save(friend);
  }

  friendRemoved(list: FriendList, friend: Friend): void {
    if (list !== this.default) return this.listChanged(list);
    this.#sections.remove(friend);
  }

  listChanged(list: FriendList): void {
    if (!this.#others.includes(list)) return;
    this.file.isDirty = true;
    this.#parts.onFileChanged();
  }

  #followSubscriptions(): void {
    for (const list of this.all) list.subscriptionsEnabled = this.subscriptionsEnabled;
  }
}
