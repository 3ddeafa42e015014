import { AccountCreatorService } from '../account-creator-service.ts';
import {
  activateEmailAccount,
  activatePhoneAccount,
  createAccount,
  createPushAccount,
  deleteAccount,
  isAccountActivated,
  isAccountExist,
  updateAccount,
} from './accounts.ts';
import { activateAlias, isAccountLinked, linkAccount } from './aliases.ts';
import {
  createPublicAccount,
  isAliasUsed,
  loginLinphoneAccount,
  recoverAccount,
} from './legacy.ts';
import {
  requestAccountCreationRequestToken,
  requestAccountCreationTokenUsingRequestToken,
  requestAuthToken,
} from './tokens.ts';

/** The request functions of the REST backend, to compose services from. */
export const flexiApiConnector = {
  isAccountExist,
  createAccount,
  createPushAccount,
  activatePhoneAccount,
  activateEmailAccount,
  isAccountActivated,
  linkAccount,
  activateAlias,
  isAccountLinked,
  updateAccount,
  deleteAccount,
  requestAuthToken,
  requestAccountCreationRequestToken,
  requestAccountCreationTokenUsingRequestToken,
  /** Pages of servers up to 1.6, behind a switch there. */
  legacy: { createPublicAccount, isAliasUsed, recoverAccount, loginLinphoneAccount },
} as const;

/**
 * The service over the REST API, for `[account_creator] backend=1`. What no current server offers
 * (alias look-up, recovery, login) stays not implemented (D11).
 */
export function createFlexiApiService(): AccountCreatorService {
  return new AccountCreatorService({
    isAccountExistCb: isAccountExist,
    createAccountCb: createAccount,
    createPushAccountCb: createPushAccount,
    activateAccountCb: activatePhoneAccount,
    isAccountActivatedCb: isAccountActivated,
    linkAccountCb: linkAccount,
    activateAliasCb: activateAlias,
    isAccountLinkedCb: isAccountLinked,
    updateAccountCb: updateAccount,
    sendTokenCb: requestAuthToken,
    accountCreationRequestTokenCb: requestAccountCreationRequestToken,
    accountCreationTokenUsingRequestTokenCb: requestAccountCreationTokenUsingRequestToken,
  });
}
