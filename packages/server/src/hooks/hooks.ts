import type { AccountHooks } from '../accounts/account-hooks.ts';
import type { ProvisioningHooks } from '../provisioning/hooks/provisioning-hooks.ts';

/** The operator's own code: what the module named by DIALTONE_PROVISIONING_HOOKS exports as `hooks`. */
export interface Hooks {
  /** They change what a phone receives. */
  readonly provisioning?: ProvisioningHooks;
  /** They are told what happened to accounts. */
  readonly account?: AccountHooks;
}

/**
 * Gives hooks their types; returns them as they are.
 *
 * @example
 * export const hooks = defineHooks({
 *   provisioning: { proxy: (section) => section.set('reg_expires', 600) },
 * });
 */
export function defineHooks(hooks: Hooks): Hooks {
  return hooks;
}
