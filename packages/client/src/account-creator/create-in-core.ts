import type { Account } from '../account/account.ts';
import { Address } from '../address/address.ts';
import { transportParameter } from '../address/transport-type.ts';
import { AuthInfo } from '../auth-info/auth-info.ts';
import { dialPlanOfNumber } from '../dial-plan/find-dial-plan.ts';
import type { AccountForm } from './account-form.ts';
import type { AccountCreatorHost } from './host.ts';

/**
 * Adds the account of a filled-in form, and its credentials, to the core: locally, without network
 * (account-creator.md §1.10). Null when the form has no identity (D4) or the core refuses the
 * account; nothing is added then.
 */
export function createAccountInCore(form: AccountForm, host: AccountCreatorHost): Account | null {
  const { identity } = form;
  if (identity === null) return null;
  if (form.displayName !== null) identity.setDisplayName(form.displayName);

  const params = host.createAccountParams();
  params.setIdentityAddress(identity);
  const prefix = internationalPrefix(form);
  if (prefix !== undefined) params.internationalPrefix = prefix;
  if (params.serverAddress === null && form.domain !== null) {
    params.setServerAddress(serverAddress(form, form.domain));
  }
  params.registerEnabled = true;

  const account = host.createAccount(params);
  // Nothing is sent before the next iterate: the credentials are there in time.
  if (host.addAccount(account) === -1) return null;
  host.addAuthInfo(authInfo(form, identity));
  if (form.setAsDefault) host.defaultAccount = account;
  return account;
}

/** With a clear password realm and algorithm stay open, so that it can answer any challenge. */
function authInfo(form: AccountForm, identity: Address): AuthInfo {
  const { username, domain } = identity;
  const { password, ha1 } = form;
  if (password !== null || ha1 === null) return new AuthInfo({ username, password, domain });
  const algorithm = form.algorithm ?? 'MD5';
  return new AuthInfo({ username, ha1, realm: domain, algorithm, domain });
}

function serverAddress(form: AccountForm, domain: string): Address | null {
  const transport = transportParameter(form.transport);
  return Address.parse(`sip:${domain};transport=${transport}`) ?? Address.parse(domain);
}

function internationalPrefix(form: AccountForm): string | undefined {
  return form.phoneCountryCode ?? dialPlanOfNumber(form.phoneNumber ?? '')?.callingCode;
}
