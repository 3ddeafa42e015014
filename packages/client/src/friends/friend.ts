import type { Address } from '../address/address.ts';
import type { FriendList } from './friend-list.ts';
import { Vcard } from './vcard.ts';

/**
 * A contact: a vCard, and the list it is in. Changes are kept at once; there is nothing to be called
 * before or after them.
 */
export class Friend {
  readonly vcard: Vcard;
  #refKey: string | null = null;
  #list: FriendList | null = null;

  /** The card is the friend's own from now on. */
  constructor(vcard: Vcard = new Vcard()) {
    this.vcard = vcard;
    this.vcard.onChanged = () => this.#changed();
  }

  get friendList(): FriendList | null {
    return this.#list;
  }

  /** For the list. */
  set friendList(list: FriendList | null) {
    this.#list = list;
  }

  get name(): string | null {
    return this.vcard.fullName;
  }

  set name(name: string | null) {
    this.vcard.fullName = name;
  }

  /** The first one, with the name as its display name; null without any. */
  get address(): Address | null {
    return this.addresses[0] ?? null;
  }

  /** Replaces the first one; the others stay. -1 without user part. */
  setAddress(address: Address): 0 | -1 {
    return this.vcard.setMainSipAddress(address);
  }

  /** Copies. */
  get addresses(): readonly Address[] {
    const { name } = this;
    return this.vcard.sipAddresses.map((address) => {
      address.setDisplayName(name);
      return address;
    });
  }

  /** -1 without user part. */
  addAddress(address: Address): 0 | -1 {
    return this.vcard.addSipAddress(address);
  }

  removeAddress(address: Address): void {
    this.vcard.removeSipAddress(address);
  }

  /** By user, host and port. */
  hasAddress(address: Address): boolean {
    return this.vcard.hasSipAddress(address);
  }

  get phoneNumbers(): readonly string[] {
    return this.vcard.phoneNumbers;
  }

  addPhoneNumber(number: string): void {
    this.vcard.addPhoneNumber(number);
  }

  removePhoneNumber(number: string): void {
    this.vcard.removePhoneNumber(number);
  }

  get organization(): string | null {
    return this.vcard.organization;
  }

  set organization(name: string | null) {
    this.vcard.organization = name;
  }

  get jobTitle(): string | null {
    return this.vcard.jobTitle;
  }

  set jobTitle(title: string | null) {
    this.vcard.jobTitle = title;
  }

  get photo(): string | null {
    return this.vcard.photo;
  }

  set photo(uri: string | null) {
    this.vcard.photo = uri;
  }

  /** Free for the application, to find the friend again. */
  get refKey(): string | null {
    return this.#refKey;
  }

  set refKey(key: string | null) {
    if (key === this.#refKey) return;
    this.#refKey = key;
    this.#changed();
  }

  /** Leaves its list. */
  remove(): void {
    this.#list?.removeFriend(this);
  }

  #changed(): void {
    this.#list?.friendChanged(this);
  }
}
