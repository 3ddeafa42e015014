import {
  type NatPolicy,
  natPolicySection,
  readNatPolicy,
  writeNatPolicySection,
} from '../../account/nat-policy.ts';
import type { ConfigStore } from '../../config/config-store.ts';

/**
 * The `[nat_policy_N]` sections of a core: its own policy first, then those of accounts, each once
 * (provisioning-client.md §5.5). Policies in a section of their own name are left where they are.
 */
export class NatPolicies {
  readonly #config: ConfigStore;
  /** Policies are values: one that was written needs no second look. */
  readonly #written = new WeakSet<NatPolicy>();

  constructor(config: ConfigStore) {
    this.#config = config;
  }

  /** `[net] nat_policy_ref`: of accounts without one. */
  get default(): NatPolicy | null {
    const ref = this.#config.getString('net', 'nat_policy_ref');
    return (ref === undefined ? undefined : readNatPolicy(this.#config, ref)) ?? null;
  }

  set default(policy: NatPolicy | null) {
    this.#config.setString('net', 'nat_policy_ref', policy?.ref);
    if (policy !== null) this.save(policy);
  }

  /** Writes a policy, in place of an older one of the same name. */
  save(policy: NatPolicy): void {
    if (this.#written.has(policy) || this.#hasOwnSection(policy)) return;
    let index = 0;
    for (; this.#config.hasSection(natPolicySection(index)); index += 1) {
      if (this.#config.getString(natPolicySection(index), 'ref') === policy.ref) break;
    }
    this.#write(index, policy);
  }

  /** Writes these and the core's, and no others. */
  saveAll(policies: Iterable<NatPolicy>): void {
    const byRef = new Map<string, NatPolicy>();
    const named = new Set<string>();
    const own = this.default;
    for (const policy of own === null ? policies : [own, ...policies]) {
      if (this.#hasOwnSection(policy)) named.add(policy.ref);
      else byRef.set(policy.ref, policy);
    }
    for (let i = 0; this.#config.hasSection(natPolicySection(i)); i += 1) {
      // A document may name one of these sections itself.
      if (!named.has(natPolicySection(i))) this.#config.removeSection(natPolicySection(i));
    }
    let index = 0;
    for (const policy of byRef.values()) {
      while (named.has(natPolicySection(index))) index += 1;
      this.#write(index, policy);
      index += 1;
    }
  }

  #write(index: number, policy: NatPolicy): void {
    writeNatPolicySection(this.#config, natPolicySection(index), policy);
    this.#written.add(policy);
  }

  #hasOwnSection({ ref }: NatPolicy): boolean {
    return this.#config.hasSection(ref);
  }
}
