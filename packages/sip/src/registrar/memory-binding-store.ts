import type { Binding, BindingStore } from './binding.ts';

/** Bindings in this process's memory: a restart forgets them and phones register again. */
export class MemoryBindingStore implements BindingStore {
  readonly #byAor = new Map<string, readonly Binding[]>();

  list(aor: string, now: number): readonly Binding[] {
    const stored = this.#byAor.get(aor);
    if (stored === undefined) return [];
    const alive = stored.filter((binding) => binding.expiresAt > now);
    if (alive.length !== stored.length) this.replace(aor, alive);
    return alive;
  }

  replace(aor: string, bindings: readonly Binding[]): void {
    if (bindings.length === 0) this.#byAor.delete(aor);
    else this.#byAor.set(aor, bindings);
  }

  /** Forgets every expired binding; addresses nobody asks about would stay for ever otherwise. */
  prune(now: number): void {
    for (const aor of this.#byAor.keys()) this.list(aor, now);
  }

  /** Addresses-of-record with at least one binding, expired ones included until pruned. */
  get size(): number {
    return this.#byAor.size;
  }
}
