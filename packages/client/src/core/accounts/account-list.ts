import { type Clock, RegistrationState, type TimerHandle } from '@dialtone/sip';
import type { Account } from '../../account/account.ts';

/** Longest time a removed account may take to unregister. */
const DELETION_TIMEOUT_MS = 32_000;

/**
 * The accounts of a core, in order; those removed but still unregistering; links between accounts
 * (registration.md §1.5, §4). Membership and idkey look-ups do not depend on the number of accounts.
 */
export class AccountList {
  readonly #clock: Clock;
  readonly #onDeleted: (account: Account) => void;
  #accounts: Account[] = [];
  readonly #positions = new Map<Account, number>();
  readonly #byIdkey = new Map<string, Account>();
  /** Accounts that name a master which is not in the list. */
  readonly #unlinked = new Map<string, Set<Account>>();
  readonly #deleted = new Map<Account, TimerHandle>();
  deletionTimeoutMs = DELETION_TIMEOUT_MS;

  constructor(clock: Clock, onDeleted: (account: Account) => void) {
    this.#clock = clock;
    this.#onDeleted = onDeleted;
  }

  get accounts(): readonly Account[] {
    return this.#accounts;
  }

  get deleted(): readonly Account[] {
    return [...this.#deleted.keys()];
  }

  has(account: Account): boolean {
    return this.#positions.has(account);
  }

  /** -1 when it is not in the list. */
  indexOf(account: Account): number {
    return this.#positions.get(account) ?? -1;
  }

  findByIdkey(idkey: string): Account | undefined {
    return this.#byIdkey.get(idkey);
  }

  add(account: Account): void {
    this.#clock.clearTimeout(this.#deleted.get(account));
    this.#deleted.delete(account);
    this.#positions.set(account, this.#accounts.length);
    this.#accounts.push(account);
    this.#index(account);
  }

  /** Takes an account out; those that depend on it become normal accounts. Returns its position. */
  remove(account: Account): number {
    const position = this.indexOf(account);
    this.#accounts.splice(position, 1);
    this.#positions.delete(account);
    for (let i = position; i < this.#accounts.length; i += 1) {
      const moved = this.#accounts[i];
      if (moved !== undefined) this.#positions.set(moved, i);
    }
    const { idkey } = account.settings;
    if (idkey !== null && this.#byIdkey.get(idkey) === account) this.#byIdkey.delete(idkey);
    for (const dependent of account.link.dependents) dependent.forgetDependency();
    account.link.set(undefined);
    this.#forgetUnlinked(account);
    return position;
  }

  /** Keeps a removed account until it has unregistered, or the time for that is over. */
  keepUntilUnregistered(account: Account): void {
    const timer = this.#clock.setTimeout(() => this.#drop(account), this.deletionTimeoutMs);
    this.#deleted.set(account, timer);
  }

  /** The state of an account that is being removed changed. */
  deletionProgress(account: Account): void {
    const { state } = account;
    const done = state === RegistrationState.Cleared || state === RegistrationState.None;
    if (done && this.#deleted.has(account)) this.#drop(account);
  }

  /** Forgets everything, at once. */
  clear(): void {
    for (const timer of this.#deleted.values()) this.#clock.clearTimeout(timer);
    this.#deleted.clear();
    this.#accounts = [];
    this.#positions.clear();
    this.#byIdkey.clear();
    this.#unlinked.clear();
  }

  /**
   * Makes the link that the settings of `account` ask for, and those of others that waited for it.
   * A link that would close a circle is not made: nobody in it would ever register.
   */
  resolveDependency(account: Account): void {
    this.#index(account);
    this.#forgetUnlinked(account);
    const { dependsOn } = account.settings;
    if (dependsOn === null) {
      account.link.set(undefined);
      return;
    }
    const master = this.#byIdkey.get(dependsOn);
    if (master !== undefined) {
      account.link.set(isAbove(account, master) ? undefined : master);
      return;
    }
    // A link made before the master is added stays.
    if (account.dependency?.settings.idkey !== dependsOn) account.link.set(undefined);
    const waiting = this.#unlinked.get(dependsOn) ?? new Set();
    this.#unlinked.set(dependsOn, waiting.add(account));
  }

  #index(account: Account): void {
    const { idkey } = account.settings;
    if (idkey === null || this.#byIdkey.has(idkey)) return;
    this.#byIdkey.set(idkey, account);
    const waiting = this.#unlinked.get(idkey);
    this.#unlinked.delete(idkey);
    for (const dependent of waiting ?? []) this.resolveDependency(dependent);
  }

  #forgetUnlinked(account: Account): void {
    const { dependsOn } = account.settings;
    if (dependsOn === null) return;
    const waiting = this.#unlinked.get(dependsOn);
    waiting?.delete(account);
    if (waiting?.size === 0) this.#unlinked.delete(dependsOn);
  }

  #drop(account: Account): void {
    this.#clock.clearTimeout(this.#deleted.get(account));
    this.#deleted.delete(account);
    this.#onDeleted(account);
  }
}

/** `account` is `other`, or a master of it. */
function isAbove(account: Account, other: Account): boolean {
  const seen = new Set<Account>();
  for (let at: Account | null = other; at !== null && !seen.has(at); at = at.dependency) {
    if (at === account) return true;
    seen.add(at);
  }
  return false;
}
