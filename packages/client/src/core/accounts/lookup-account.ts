import { RegistrationState } from '@dialtone/sip';
import type { Account } from '../../account/account.ts';
import type { Address } from '../../address/address.ts';

/**
 * The account to use towards an address (`lookup_known_proxy`, registration.md §1.5): by identity, else
 * the default one, else by domain; registered ones first, then those that would register.
 */
export function lookupKnownAccount(
  accounts: readonly Account[],
  defaultAccount: Account | null,
  uri: Address,
): Account | null {
  const sameIdentity = (account: Account): boolean =>
    account.settings.identityAddress?.weakEqual(uri) === true;
  if (defaultAccount !== null && sameIdentity(defaultAccount)) return defaultAccount;
  const known = best(accounts.filter(sameIdentity)) ?? defaultAccount;
  if (known !== null) return known;
  return best(accounts.filter((a) => a.settings.identityAddress?.domain === uri.domain)) ?? null;
}

function best(candidates: readonly Account[]): Account | undefined {
  return (
    candidates.find((account) => account.state === RegistrationState.Ok) ??
    candidates.find((account) => account.settings.registerEnabled) ??
    candidates[0]
  );
}
