import { Address, type AddressFormat } from '../address/address.ts';
import type { ConfigStore } from '../config/config-store.ts';
import { VcardError } from '@dialtone/contract';
import { indexesOf, lowestFreeIndex } from '../config/indexed-sections.ts';
import { Friend } from './friend.ts';
import type { FriendList } from './friend-list.ts';
import { Vcard } from './vcard.ts';

const BASE = 'friend';

/**
 * The default list in the configuration: `[friend_N]` with `url`, `refkey` and, of a friend of whom more
 * is known than name and address, `vcard` (a JSON string, as a value is one line). Numbers are never
 * changed; sections that are no friend stay as they are (provisioning-client.md §2.8, §4: 39, 43).
 */
export class FriendSections {
  readonly #config: ConfigStore;
  readonly #format: () => AddressFormat;
  readonly #indexes = new Map<Friend, number>();

  /** `format`: how addresses are printed. */
  constructor(config: ConfigStore, format: () => AddressFormat) {
    this.#config = config;
    this.#format = format;
  }

  /** Makes `list` what the sections say. A friend whose section says the same stays the same object. */
  read(list: FriendList): void {
    const found = new Map(
      indexesOf(this.#config, BASE).flatMap((index) => {
        const friend = this.#read(index);
        return friend === undefined ? [] : [[index, friend] as const];
      }),
    );
    for (const [friend, index] of this.#indexes) {
      const now = found.get(index);
      if (now !== undefined && isSame(friend, now)) {
        found.delete(index);
      } else {
        this.#indexes.delete(friend);
        list.drop(friend);
      }
    }
    for (const [index, friend] of found) {
      this.#indexes.set(friend, index);
      list.adopt(friend);
    }
  }

  save(friend: Friend): void {
    const index = this.#indexes.get(friend) ?? lowestFreeIndex(this.#config, BASE);
    this.#indexes.set(friend, index);
    const section = `${BASE}_${index}`;
    const { address, vcard, refKey } = friend;
    this.#config.setString(section, 'url', address?.asString(this.#format()));
    this.#config.setString(section, 'refkey', refKey ?? undefined);
    const simple = address !== null && cardOf(address).asString() === vcard.asString();
    this.#config.setString(section, 'vcard', simple ? '' : JSON.stringify(vcard.asString()));
  }

  remove(friend: Friend): void {
    const index = this.#indexes.get(friend);
    if (index === undefined) return;
    this.#indexes.delete(friend);
    this.#config.removeSection(`${BASE}_${index}`);
  }

  /** Undefined: no friend. */
  #read(index: number): Friend | undefined {
    const section = `${BASE}_${index}`;
    const url = this.#config.getString(section, 'url');
    const stored = parseStored(this.#config.getString(section, 'vcard'));
    const vcard = url === undefined ? stored : joined(Address.parse(url), stored);
    if (vcard === undefined) return undefined;
    const friend = new Friend(vcard);
    friend.refKey = this.#config.getString(section, 'refkey') ?? null;
    return friend;
  }
}

/** `url` wins: a document or another program may have changed it. Undefined without user part. */
function joined(address: Address | null, stored: Vcard | undefined): Vcard | undefined {
  if (address === null || address.username === null) return undefined;
  if (stored?.hasSipAddress(address) !== true) return cardOf(address);
  if (address.displayName !== null) stored.fullName = address.displayName;
  return stored;
}

/** All that a `url` can say. */
function cardOf(address: Address): Vcard {
  const vcard = new Vcard();
  vcard.fullName = address.displayName;
  vcard.addSipAddress(address);
  return vcard;
}

function parseStored(text: string | undefined): Vcard | undefined {
  if (text === undefined) return undefined;
  try {
    return Vcard.parse(String(JSON.parse(text)));
  } catch (error) {
    if (error instanceof VcardError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isSame(a: Friend, b: Friend): boolean {
  return a.refKey === b.refKey && a.vcard.asString() === b.vcard.asString();
}
