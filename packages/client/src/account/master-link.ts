import type { Account } from './account.ts';

/** The account one depends on, and those that depend on it (registration.md §4). */
export class MasterLink {
  readonly #owner: Account;
  #master: Account | undefined;
  #dependents: Set<Account> | undefined;

  constructor(owner: Account) {
    this.#owner = owner;
  }

  get master(): Account | undefined {
    return this.#master;
  }

  /** As of now: they may change while they are told something. */
  get dependents(): readonly Account[] {
    return [...(this.#dependents ?? [])];
  }

  /** Both ends change together. */
  set(master: Account | undefined): void {
    if (this.#master === master) return;
    if (this.#master !== undefined) this.#master.link.#remove(this.#owner);
    this.#master = master;
    if (master !== undefined) master.link.#add(this.#owner);
  }

  #add(dependent: Account): void {
    this.#dependents ??= new Set();
    this.#dependents.add(dependent);
  }

  #remove(dependent: Account): void {
    this.#dependents?.delete(dependent);
  }
}
