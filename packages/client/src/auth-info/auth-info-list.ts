import type { AuthInfo } from './auth-info.ts';
import {
  type AuthInfoQuery,
  findAuthInfo,
  findBearerInfo,
  findOAuthClient,
} from './find-auth-info.ts';
import { bearerCredentials } from './secrets.ts';
import type { BearerCredentials } from '../http/credentials.ts';

/** Told which position of the list changed, so that it can be saved; undefined: the entry is gone. */
export type AuthInfoObserver = (index: number, info: AuthInfo | undefined) => void;

/**
 * The credentials a core knows, in order, with an index by user name: looking one up costs the same
 * with one entry and with a hundred thousand (registration.md §3.2, §3.3).
 */
export class AuthInfoList {
  readonly #nowSeconds: () => number;
  readonly #observer: AuthInfoObserver;
  readonly #entries: AuthInfo[] = [];
  readonly #positions = new Map<AuthInfo, number>();
  readonly #byUsername = new Map<string | null, AuthInfo[]>();

  constructor(nowSeconds: () => number, observer: AuthInfoObserver) {
    this.#nowSeconds = nowSeconds;
    this.#observer = observer;
  }

  get entries(): readonly AuthInfo[] {
    return this.#entries;
  }

  /**
   * Stores a copy, in place of an entry of the same user, realm, domain and kind; returns it. A realm
   * the entry has learnt since it was added does not count.
   */
  add(info: AuthInfo): AuthInfo {
    const copy = info.clone();
    const replaced = this.#same(info, true);
    const index = replaced === undefined ? this.#entries.length : this.#forget(replaced);
    this.#entries[index] = copy;
    this.#positions.set(copy, index);
    const ofUser = this.#byUsername.get(copy.username);
    if (ofUser === undefined) this.#byUsername.set(copy.username, [copy]);
    else ofUser.push(copy);
    this.#observer(index, copy);
    return copy;
  }

  /** Removes the entry of exactly this user, realm and domain; false when there is none. */
  remove(info: AuthInfo): boolean {
    const entry = this.#positions.has(info) ? info : (this.#same(info, true) ?? this.#same(info));
    if (entry === undefined) return false;
    const index = this.#forget(entry);
    this.#entries.splice(index, 1);
    for (let i = index; i < this.#entries.length; i += 1) this.#saved(i);
    this.#observer(this.#entries.length, undefined);
    return true;
  }

  clear(): void {
    const count = this.#entries.length;
    this.forgetAll();
    for (let i = 0; i < count; i += 1) this.#observer(i, undefined);
  }

  /** Reports every entry, then the end of the list. */
  saveAll(): void {
    this.#entries.forEach((info, i) => this.#observer(i, info));
    this.#observer(this.#entries.length, undefined);
  }

  /** Empties the list; what is saved stays. */
  forgetAll(): void {
    this.#entries.length = 0;
    this.#positions.clear();
    this.#byUsername.clear();
  }

  /** An entry was changed in place. */
  touch(info: AuthInfo): void {
    const index = this.#positions.get(info);
    if (index !== undefined) this.#observer(index, info);
  }

  findDigest(query: AuthInfoQuery): AuthInfo | undefined {
    return findAuthInfo(this.#candidates(query.username), query);
  }

  findBearer(query: AuthInfoQuery): AuthInfo | undefined {
    const own = findBearerInfo(this.#candidates(query.username), query);
    return own ?? findBearerInfo(this.#candidates(null), query);
  }

  /** The tokens of an entry, and what renewing them takes. */
  bearerCredentials(info: AuthInfo): BearerCredentials {
    return bearerCredentials(info, findOAuthClient(this.#entries, info));
  }

  /** Entries of a user, those that ended left out and removed; undefined: everybody's. */
  #candidates(username: string | null | undefined): readonly AuthInfo[] {
    const all = username === undefined ? this.#entries : (this.#byUsername.get(username) ?? []);
    if (!all.some((info) => info.expires !== 0)) return all;
    const now = this.#nowSeconds();
    const ended = all.filter((info) => info.expires !== 0 && info.expires <= now);
    const others = all.filter((info) => !ended.includes(info));
    for (const info of ended) this.remove(info);
    return others;
  }

  #same(info: AuthInfo, sameKind = false): AuthInfo | undefined {
    return this.#byUsername
      .get(info.username)
      ?.find(
        (entry) =>
          (entry.realm === info.realm || (entry.realmLearnt && info.realm === null)) &&
          entry.domain === info.domain &&
          (!sameKind || kindOf(entry) === kindOf(info)),
      );
  }

  #forget(info: AuthInfo): number {
    const index = this.#positions.get(info) ?? -1;
    this.#positions.delete(info);
    const others = (this.#byUsername.get(info.username) ?? []).filter((entry) => entry !== info);
    if (others.length === 0) this.#byUsername.delete(info.username);
    else this.#byUsername.set(info.username, others);
    return index;
  }

  #saved(index: number): void {
    const entry = this.#entries[index];
    if (entry === undefined) return;
    this.#positions.set(entry, index);
    this.#observer(index, entry);
  }
}

/** Entries of different kinds do not replace each other. */
function kindOf(info: AuthInfo): 'token' | 'client' | 'secret' {
  if (info.hasToken) return 'token';
  return info.password === null && info.ha1 === null && info.clientId !== null
    ? 'client'
    : 'secret';
}
