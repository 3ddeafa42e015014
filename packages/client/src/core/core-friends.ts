import { Address } from '../address/address.ts';
import {
  addDirectory,
  directorySection,
  readDirectories,
  readDirectory,
  writeDirectory,
} from '../contact-directories/directory-section.ts';
import type {
  NewRemoteContactDirectory,
  RemoteContactDirectory,
} from '../contact-directories/remote-contact-directory.ts';
import type { DirectorySearchResult } from '../contact-directories/search-directories.ts';
import { Friend } from '../friends/friend.ts';
import type { FriendList } from '../friends/friend-list.ts';
import type { Vcard } from '../friends/vcard.ts';
import { CoreAccounts } from './core-accounts.ts';

/** The part of a core that is about contacts (provisioning-client.md §2.9). */
export abstract class CoreFriends extends CoreAccounts {
  /** The default one first. Those of earlier runs are there from Configuring on. */
  get friendLists(): readonly FriendList[] {
    return this.parts.friends.all;
  }

  /** Kept as `[friend_N]`. */
  get defaultFriendList(): FriendList {
    return this.parts.friends.default;
  }

  getFriendListByName(name: string): FriendList | null {
    return this.friendLists.find(({ displayName }) => displayName === name) ?? null;
  }

  /** Empty, and not of this core's lists yet. */
  createFriendList(): FriendList {
    return this.parts.friends.create();
  }

  /** Kept in `linphonerc-friends.json` from now on, and found again at later starts. */
  addFriendList(list: FriendList): void {
    this.parts.friends.add(list);
  }

  /** The default list stays. */
  removeFriendList(list: FriendList): void {
    this.parts.friends.remove(list);
  }

  createFriend(): Friend {
    return new Friend();
  }

  /** Null for a text that is no address with a user part. A display name becomes the name. */
  createFriendWithAddress(text: string): Friend | null {
    const address = Address.parse(text);
    if (address === null || address.username === null) return null;
    const friend = new Friend();
    friend.name = address.displayName;
    friend.addAddress(address);
    return friend;
  }

  /** The card is the friend's own from now on. */
  createFriendFromVcard(vcard: Vcard): Friend {
    return new Friend(vcard);
  }

  /** Of all lists, by user, host and port. */
  findFriend(address: Address): Friend | null {
    return this.#find((list) => list.findFriendByAddress(address));
  }

  /** Of all lists; numbers are compared as the default account would dial them. */
  findFriendByPhoneNumber(number: string): Friend | null {
    return this.#find((list) => list.findFriendByPhoneNumber(number));
  }

  getFriendByRefKey(refKey: string): Friend | null {
    return this.#find((list) => list.findFriendByRefKey(refKey));
  }

  /**
   * `[net] friendlist_subscription_enabled`: `subscriptionsEnabled` of all lists. For applications that
   * subscribe to presence; this library does not.
   */
  get friendListSubscriptionEnabled(): boolean {
    return this.parts.friends.subscriptionsEnabled;
  }

  set friendListSubscriptionEnabled(enabled: boolean) {
    this.parts.friends.subscriptionsEnabled = enabled;
  }

  // ——— directories ———

  /** `[remote_contact_directory_N]`. Those of older sections are among them from the first start on. */
  get remoteContactDirectories(): readonly RemoteContactDirectory[] {
    return readDirectories(this.parts.config);
  }

  /** Takes the lowest free number. */
  addRemoteContactDirectory(directory: NewRemoteContactDirectory): RemoteContactDirectory {
    return addDirectory(this.parts.config, directory);
  }

  /** Writes a changed copy of a directory; -1 when there is none of that number and type. */
  updateRemoteContactDirectory(directory: RemoteContactDirectory): 0 | -1 {
    const { config } = this.parts;
    if (readDirectory(config, directory.index)?.type !== directory.type) return -1;
    writeDirectory(config, directory.index, directory);
    return 0;
  }

  /** The others keep their numbers. */
  removeRemoteContactDirectory({ index }: RemoteContactDirectory): void {
    this.parts.config.removeSection(directorySection(index));
  }

  /**
   * Asks the enabled CardDAV directories for contacts with `text` in one of their fields, those that want
   * more characters left out; one result each, with its error. LDAP directories are not asked. Never rejects.
   */
  searchRemoteContactDirectories(
    text: string,
    signal?: AbortSignal,
  ): Promise<readonly DirectorySearchResult[]> {
    return this.parts.directorySearch.search(this.remoteContactDirectories, text.trim(), signal);
  }

  #find(lookup: (list: FriendList) => Friend | null): Friend | null {
    for (const list of this.friendLists) {
      const friend = lookup(list);
      if (friend !== null) return friend;
    }
    return null;
  }
}
