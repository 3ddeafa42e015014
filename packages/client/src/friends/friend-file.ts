import { basename } from 'node:path';
import { VcardError } from '@dialtone/contract';
import type { ConfigStore } from '../config/config-store.ts';
import { Friend } from './friend.ts';
import type { FriendList } from './friend-list.ts';
import { FriendListType } from './friend-enums.ts';
import { Vcard } from './vcard.ts';

/** A list as it is in the file. */
export interface StoredList {
  readonly displayName: string | null;
  readonly uri: string | null;
  readonly readOnly: boolean;
  readonly friends: readonly Friend[];
}

/**
 * The lists beside the default one, in a file beside the configuration: `linphonerc-friends.json`. A core
 * without a configuration file keeps them in memory only.
 */
export class FriendFile {
  readonly #config: ConfigStore;
  readonly #lists: () => readonly FriendList[];
  #loaded = false;
  isDirty = false;

  /** `lists`: those to be saved. */
  constructor(config: ConfigStore, lists: () => readonly FriendList[]) {
    this.#config = config;
    this.#lists = lists;
  }

  /** Also before it was loaded: what is there must not be replaced by nothing. */
  get isReadonly(): boolean {
    return !this.#loaded || this.#name() === undefined;
  }

  /** What was saved. A file that makes no sense is put aside as `….unreadable`, once a new one is written. */
  async load(): Promise<readonly StoredList[]> {
    const name = this.#name();
    if (name === undefined || this.#loaded) return [];
    const { files } = this.#config;
    if (!(await files.exists(name))) {
      this.#loaded = true;
      return [];
    }
    const text = await files.read(name);
    const lists = text === undefined ? undefined : parseLists(text);
    if (text !== undefined && lists === undefined) await files.write(`${name}.unreadable`, text);
    // One that cannot be opened stays as it is: this core will not write it.
    this.#loaded = text !== undefined;
    return lists ?? [];
  }

  async sync(): Promise<void> {
    const name = this.#name();
    if (name === undefined || this.isReadonly) return;
    this.isDirty = false;
    const lists = this.#lists().map(({ displayName, uri, isReadOnly, friends }) => ({
      displayName,
      uri,
      readOnly: isReadOnly,
      type: FriendListType.VCard4,
      friends: friends.map(({ refKey, vcard }) => ({ refKey, vcard: vcard.asString() })),
    }));
    const written = await this.#config.files.write(name, `${JSON.stringify({ lists })}\n`);
    if (written === undefined) this.isDirty = true;
  }

  #name(): string | undefined {
    const { file } = this.#config;
    return file === undefined || !storesFriends(this.#config)
      ? undefined
      : `${basename(file)}-friends.json`;
  }
}

/** `[misc] store_friends` */
export function storesFriends(config: ConfigStore): boolean {
  return config.getBool('misc', 'store_friends', true);
}

function parseLists(text: string): readonly StoredList[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(parsed) || !Array.isArray(parsed['lists'])) return undefined;
  return parsed['lists'].filter(isObject).map((list) => ({
    displayName: textOrNull(list['displayName']),
    uri: textOrNull(list['uri']),
    readOnly: list['readOnly'] === true,
    friends: readFriends(list['friends']),
  }));
}

function readFriends(list: unknown): readonly Friend[] {
  if (!Array.isArray(list)) return [];
  return list.filter(isObject).flatMap((each) => {
    try {
      const friend = new Friend(Vcard.parse(String(each['vcard'])));
      friend.refKey = textOrNull(each['refKey']);
      return [friend];
    } catch (error) {
      if (error instanceof VcardError) return [];
      throw error;
    }
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
