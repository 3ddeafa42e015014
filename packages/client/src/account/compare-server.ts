import type { Address } from '../address/address.ts';
import type { AccountSettings } from './account-params.ts';

/** How far apart two server configurations are (registration.md §1.3). */
export type ServerChange = 'equal' | 'weak-equal' | 'different';

/** Compares two addresses; an absent transport is UDP. */
export function compareAddresses(a: Address | null, b: Address | null): ServerChange {
  if (a === null || b === null) return a === b ? 'equal' : 'different';
  if (a.equal(b)) return 'equal';
  return a.weakEqual(b) && a.secure === b.secure && a.transport === b.transport
    ? 'weak-equal'
    : 'different';
}

/**
 * Whether a binding can be kept after an edit. With a GRUU (`hasGruu`) a changed server only replaces the
 * binding: the registrar knows it by its instance.
 */
export function compareServers(
  before: AccountSettings,
  after: AccountSettings,
  hasGruu: boolean,
): ServerChange {
  const identity = compareAddresses(before.identityAddress, after.identityAddress);
  if (identity === 'different') return 'different';
  const server = compareAddresses(before.serverAddress, after.serverAddress);
  if (server === 'equal') return identity;
  return hasGruu ? 'weak-equal' : server;
}

/**
 * An edit that does not touch the server but needs a new REGISTER (registration.md §1.4). Push settings
 * count by the Contact they make (choice C15), which is not known here.
 */
export function registerChanged(before: AccountSettings, after: AccountSettings): boolean {
  return (
    before.registerEnabled !== after.registerEnabled ||
    before.expires !== after.expires ||
    before.contactParameters !== after.contactParameters ||
    before.contactUriParameters !== after.contactUriParameters ||
    before.customContact?.asString() !== after.customContact?.asString()
  );
}
