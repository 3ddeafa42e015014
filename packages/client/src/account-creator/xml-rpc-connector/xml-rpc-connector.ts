import { AccountCreatorService } from '../account-creator-service.ts';
import {
  activateEmailAccount,
  activatePhoneAccount,
  createAccount,
  isAccountActivated,
  isAccountExist,
  loginLinphoneAccount,
  recoverAccount,
  updateAccount,
} from './accounts.ts';
import { activateAlias, isAccountLinked, isAliasUsed, linkAccount } from './aliases.ts';
import { deleteAccount, getConfirmationKey } from './server-tests.ts';

/** The request functions of the XML-RPC backend, to compose services from. */
export const xmlRpcConnector = {
  isAccountExist,
  createAccount,
  activatePhoneAccount,
  activateEmailAccount,
  isAccountActivated,
  linkAccount,
  activateAlias,
  isAliasUsed,
  isAccountLinked,
  recoverAccount,
  loginLinphoneAccount,
  updateAccount,
  getConfirmationKey,
  deleteAccount,
} as const;

/**
 * The default service (account-creator.md §2.1): XML-RPC, activation by phone. For activation by
 * email set `activateAccountCb` to `xmlRpcConnector.activateEmailAccount`.
 */
export function createXmlRpcService(): AccountCreatorService {
  return new AccountCreatorService({
    isAccountExistCb: isAccountExist,
    createAccountCb: createAccount,
    activateAccountCb: activatePhoneAccount,
    isAccountActivatedCb: isAccountActivated,
    linkAccountCb: linkAccount,
    activateAliasCb: activateAlias,
    isAliasUsedCb: isAliasUsed,
    isAccountLinkedCb: isAccountLinked,
    recoverAccountCb: recoverAccount,
    loginLinphoneAccountCb: loginLinphoneAccount,
    updateAccountCb: updateAccount,
    confirmationKeyCb: getConfirmationKey,
  });
}
