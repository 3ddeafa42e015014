import { splitVcards, VcardError } from '@dialtone/contract';
import type { Address } from '../address/address.ts';
import { callSafely } from '../call-safely.ts';
import { ListenerList } from '../listener-list.ts';
import { ContactsError } from './contacts-error.ts';
import type { FetchedContacts } from './fetch-contacts.ts';
import { Friend } from './friend.ts';
import { FriendListStatus, FriendListSyncStatus, type FriendListType } from './friend-enums.ts';
import { Vcard } from './vcard.ts';

/** What an application may hear from a list. */
export interface FriendListListener {
  onContactCreated?(list: FriendList, friend: Friend): void;
  onContactDeleted?(list: FriendList, friend: Friend): void;
  onContactUpdated?(list: FriendList, friend: Friend): void;
  /** `message`: why it failed, or how many contacts could not be read; null: nothing to say. */
  onSyncStatusChanged?(
    list: FriendList,
    status: FriendListSyncStatus,
    message: string | null,
  ): void;
}

/** How a synchronisation ended. */
export type FriendListSyncOutcome =
  | {
      readonly status: typeof FriendListSyncStatus.Successful;
      /** Of the contacts that could not be read. */
      readonly skipped: readonly VcardError[];
    }
  | { readonly status: typeof FriendListSyncStatus.Failure; readonly error: ContactsError };

/** All that a list asks of the core that made it. */
export interface FriendListHost {
  /** @throws ContactsError */
  fetchContacts(url: string): Promise<FetchedContacts>;
  /** What is dialled for a number as it was typed. */
  normalizeNumber(number: string): string;
  friendSaved(list: FriendList, friend: Friend): void;
  friendRemoved(list: FriendList, friend: Friend): void;
  listChanged(list: FriendList): void;
}

/** A list of contacts (provisioning-client.md §2.9). Made by `core.createFriendList()`. */
export class FriendList {
  readonly type: FriendListType;
  /** Only `synchronizeFriendsFromServer` changes which friends there are. */
  readonly isReadOnly: boolean;
  /** Whether presence of these friends is wanted; `[net] friendlist_subscription_enabled`. */
  subscriptionsEnabled = true;
  readonly #host: FriendListHost;
  readonly #listeners = new ListenerList<FriendListListener>();
  #friends: Friend[] = [];
  #snapshot: readonly Friend[] | undefined;
  #displayName: string | null = null;
  #uri: string | null = null;
  #syncing: Promise<FriendListSyncOutcome> | undefined;

  constructor(host: FriendListHost, type: FriendListType, isReadOnly = false) {
    this.#host = host;
    this.type = type;
    this.isReadOnly = isReadOnly;
  }

  get displayName(): string | null {
    return this.#displayName;
  }

  set displayName(name: string | null) {
    this.#displayName = name;
    this.#host.listChanged(this);
  }

  /** Where `synchronizeFriendsFromServer` finds the friends. */
  get uri(): string | null {
    return this.#uri;
  }

  set uri(uri: string | null) {
    this.#uri = uri;
    this.#host.listChanged(this);
  }

  /** As they are now: the array does not change with the list. */
  get friends(): readonly Friend[] {
    this.#snapshot ??= [...this.#friends];
    return this.#snapshot;
  }

  addListener(listener: FriendListListener): void {
    this.#listeners.add(listener);
  }

  removeListener(listener: FriendListListener): void {
    this.#listeners.remove(listener);
  }

  /** Invalid: one of another list, and one that has neither name, address nor number. */
  addFriend(friend: Friend): FriendListStatus {
    if (this.isReadOnly) return FriendListStatus.ReadOnly;
    const { friendList, name, addresses, phoneNumbers } = friend;
    const empty = name === null && addresses.length === 0 && phoneNumbers.length === 0;
    if (friendList !== null || empty) return FriendListStatus.InvalidFriend;
    this.adopt(friend);
    this.#host.friendSaved(this, friend);
    return FriendListStatus.OK;
  }

  removeFriend(friend: Friend): FriendListStatus {
    if (friend.friendList !== this) return FriendListStatus.NonExistentFriend;
    if (this.isReadOnly) return FriendListStatus.ReadOnly;
    this.drop(friend);
    this.#host.friendRemoved(this, friend);
    return FriendListStatus.OK;
  }

  /** By user, host and port. */
  findFriendByAddress(address: Address): Friend | null {
    return this.#friends.find((friend) => friend.hasAddress(address)) ?? null;
  }

  findFriendByPhoneNumber(number: string): Friend | null {
    const wanted = this.#host.normalizeNumber(number);
    const matches = (own: string): boolean => this.#host.normalizeNumber(own) === wanted;
    return this.#friends.find(({ phoneNumbers }) => phoneNumbers.some(matches)) ?? null;
  }

  findFriendByRefKey(refKey: string): Friend | null {
    return this.#friends.find((friend) => friend.refKey === refKey) ?? null;
  }

  /**
   * Adds the contacts of a file of vCards; returns how many. Those that cannot be read are left out.
   * -1: the list is read-only.
   */
  importFriendsFromVcard4Buffer(text: string): number {
    if (this.isReadOnly) return -1;
    let added = 0;
    for (const card of splitVcards(text)) {
      try {
        if (this.addFriend(new Friend(Vcard.parse(card))) === FriendListStatus.OK) added += 1;
      } catch (error) {
        if (!(error instanceof VcardError)) throw error;
      }
    }
    return added;
  }

  /** One vCard after another. */
  exportFriendsAsVcard4Buffer(): string {
    return this.#friends.map(({ vcard }) => vcard.asString()).join('');
  }

  /** The one that is under way; null: none. */
  get synchronization(): Promise<FriendListSyncOutcome> | null {
    return this.#syncing ?? null;
  }

  /**
   * Makes the list what the server at `uri` says; a friend whose card has not changed stays the same
   * object. A failure leaves the list as it was. Asked again meanwhile, it is the same synchronisation.
   * Never rejects.
   */
  synchronizeFriendsFromServer(): Promise<FriendListSyncOutcome> {
    if (this.#syncing !== undefined) return this.#syncing;
    // Whoever is told of the start may ask again, and gets this one.
    const { promise, resolve, reject } = Promise.withResolvers<FriendListSyncOutcome>();
    this.#syncing = promise;
    this.#synchronize().then(resolve, reject);
    return promise;
  }

  async #synchronize(): Promise<FriendListSyncOutcome> {
    this.#told(FriendListSyncStatus.Started, null);
    const outcome = await this.#fetch().finally(() => {
      this.#syncing = undefined;
    });
    this.#told(outcome.status, messageOf(outcome));
    return outcome;
  }

  async #fetch(): Promise<FriendListSyncOutcome> {
    try {
      if (this.#uri === null) throw new ContactsError('contacts-no-uri', 'the list has no URI');
      const { vcards, skipped } = await this.#host.fetchContacts(this.#uri);
      this.#become(vcards);
      return { status: FriendListSyncStatus.Successful, skipped };
    } catch (error) {
      if (!(error instanceof ContactsError)) throw error;
      return { status: FriendListSyncStatus.Failure, error };
    }
  }

  #told(status: FriendListSyncStatus, message: string | null): void {
    this.#tell((listener) => listener.onSyncStatusChanged?.(this, status, message));
  }

  #become(vcards: readonly Vcard[]): void {
    const old = Map.groupBy(this.#friends, ({ vcard }) => vcard.asString());
    const friends = vcards.map((vcard) => old.get(vcard.asString())?.shift() ?? new Friend(vcard));
    const gone = [...old.values()].flat();
    const fresh = friends.filter(({ friendList }) => friendList === null);
    this.#friends = friends;
    this.#snapshot = undefined;
    for (const friend of gone) friend.friendList = null;
    for (const friend of fresh) friend.friendList = this;
    for (const friend of gone) this.#host.friendRemoved(this, friend);
    for (const friend of fresh) this.#host.friendSaved(this, friend);
    // Their order may be all that changed.
    this.#host.listChanged(this);
    for (const friend of gone) this.#tell((l) => l.onContactDeleted?.(this, friend));
    for (const friend of fresh) this.#tell((l) => l.onContactCreated?.(this, friend));
  }

  /** For the core: takes a friend in without saving it. */
  adopt(friend: Friend): void {
    this.#friends.push(friend);
    this.#snapshot = undefined;
    friend.friendList = this;
    this.#tell((listener) => listener.onContactCreated?.(this, friend));
  }

  /** For the core: lets a friend go without removing it where it is saved. */
  drop(friend: Friend): void {
    this.#friends = this.#friends.filter((each) => each !== friend);
    this.#snapshot = undefined;
    friend.friendList = null;
    this.#tell((listener) => listener.onContactDeleted?.(this, friend));
  }

  /** For the friend. */
  friendChanged(friend: Friend): void {
    this.#host.friendSaved(this, friend);
    this.#tell((listener) => listener.onContactUpdated?.(this, friend));
  }

  #tell(tell: (listener: FriendListListener) => void): void {
    this.#listeners.notify((listener) => callSafely(() => tell(listener)));
  }
}

function messageOf(outcome: FriendListSyncOutcome): string | null {
  if (outcome.status === FriendListSyncStatus.Failure) return outcome.error.message;
  const { length } = outcome.skipped;
  return length === 0 ? null : `contacts that cannot be read: ${length}`;
}
