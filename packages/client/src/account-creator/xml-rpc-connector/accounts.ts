import { XmlRpcArgType } from '../../xml-rpc/enums.ts';
import type { AccountCreator } from '../account-creator.ts';
import { AccountCreatorStatus } from '../enums.ts';
import { statusOf, xmlRpcResults } from './results.ts';
import { byTable, xmlRpcAction } from './xml-rpc-action.ts';
import type { MethodCall } from './xml-rpc-action.ts';

/** §3.1. An account with alias also gives the phone number away. */
export const isAccountExist = xmlRpcAction({
  request: 'isAccountExist',
  prepare(creator) {
    if (creator.user === null) return undefined;
    creator.fillFromAssistant();
    const { user, effectiveDomain } = creator;
    return { method: 'get_phone_number_for_account', args: [user, effectiveDomain] };
  },
  conclude: byTable(xmlRpcResults.isAccountExist, (creator, text, status) => {
    if (status === AccountCreatorStatus.AccountExistWithAlias) creator.adopt({ phoneNumber: text });
  }),
});

/** §3.2, §3.3. By phone number as soon as there is one, even when there is an email address. */
export const createAccount = xmlRpcAction({
  request: 'createAccount',
  prepare(creator) {
    creator.fillFromAssistant();
    if (creator.identity === null) return undefined;
    return creator.phoneNumber ? createByPhone(creator) : createByEmail(creator);
  },
  conclude: byTable(xmlRpcResults.createAccount),
});

function createByPhone(creator: AccountCreator): MethodCall | undefined {
  const { phoneNumber, user, password, effectiveDomain, language, algorithm } = creator;
  // Without realm a hash would fit no account.
  if (password !== null && effectiveDomain === null) return undefined;
  const ha1 = password === null ? '' : creator.ha1Of(password);
  const { userAgent } = creator.core;
  return {
    method: 'create_phone_account',
    args: [phoneNumber, user, ha1, userAgent, effectiveDomain, language, algorithm],
  };
}

function createByEmail(creator: AccountCreator): MethodCall | undefined {
  const { username, email, password, effectiveDomain, algorithm } = creator;
  if (username === null || email === null || password === null) return undefined;
  if (effectiveDomain === null) return undefined;
  const ha1 = creator.ha1Of(password);
  const { userAgent } = creator.core;
  return {
    method: 'create_email_account',
    args: [username, email, ha1, userAgent, effectiveDomain, algorithm],
  };
}

/** §3.4, the default: by the code of an SMS. */
export const activatePhoneAccount = xmlRpcAction({
  request: 'activateAccount',
  prepare(creator) {
    if (!creator.phoneNumber || creator.activationCode === null) return undefined;
    creator.fillFromAssistant();
    const { phoneNumber, user, activationCode, effectiveDomain, algorithm } = creator;
    return {
      method: 'activate_phone_account',
      args: [phoneNumber, user, activationCode, effectiveDomain, algorithm],
    };
  },
  conclude: byTable(xmlRpcResults.activateAccount, adoptHash),
});

/** §3.4b, to be installed in the slot by applications that use email: by the code of a mail. */
export const activateEmailAccount = xmlRpcAction({
  request: 'activateAccount',
  prepare(creator) {
    if (creator.username === null || creator.activationCode === null) return undefined;
    creator.fillFromAssistant();
    const { username, activationCode, effectiveDomain, algorithm } = creator;
    return {
      method: 'activate_email_account',
      args: [username, activationCode, effectiveDomain, algorithm],
    };
  },
  conclude: byTable(xmlRpcResults.activateAccount, adoptHash),
});

function adoptHash(creator: AccountCreator, text: string, status: AccountCreatorStatus): void {
  if (status === AccountCreatorStatus.AccountActivated) creator.adopt({ ha1: text });
}

/** §3.5. */
export const isAccountActivated = xmlRpcAction({
  request: 'isAccountActivated',
  prepare(creator) {
    if (creator.identity === null) return undefined;
    creator.fillFromAssistant();
    const { user, effectiveDomain, algorithm } = creator;
    return { method: 'is_account_activated', args: [user, effectiveDomain, algorithm] };
  },
  conclude: byTable(xmlRpcResults.isAccountActivated),
});

/** §3.10. The answer is the name of the account that has the phone number. */
export const recoverAccount = xmlRpcAction({
  request: 'recoverAccount',
  prepare(creator) {
    if (!creator.phoneNumber) return undefined;
    creator.fillFromAssistant();
    const { phoneNumber, effectiveDomain, language } = creator;
    return { method: 'recover_phone_account', args: [phoneNumber, effectiveDomain, language] };
  },
  conclude: byTable(xmlRpcResults.recoverAccount, (creator, text, status) => {
    if (status === AccountCreatorStatus.RequestOk) creator.adopt({ username: text });
  }),
});

/** §3.11. Hash and algorithm are read by member name (D16); the latter may differ from the asked. */
export const loginLinphoneAccount = xmlRpcAction({
  request: 'loginLinphoneAccount',
  returnType: XmlRpcArgType.StringStruct,
  prepare(creator) {
    if (creator.user === null || creator.activationCode === null) return undefined;
    creator.fillFromAssistant();
    const { user, activationCode, effectiveDomain, algorithm } = creator;
    return {
      method: 'recover_account_from_confirmation_key',
      args: [user, activationCode, effectiveDomain, algorithm],
    };
  },
  conclude(creator, answer) {
    const { structResponse, stringResponse } = answer;
    if (structResponse === null) {
      return statusOf(xmlRpcResults.loginLinphoneAccount, stringResponse ?? '');
    }
    const ha1 = structResponse.get('password');
    if (ha1 === undefined) return AccountCreatorStatus.UnexpectedError;
    creator.adopt({ ha1, algorithm: structResponse.get('algorithm') ?? creator.algorithm });
    return AccountCreatorStatus.RequestOk;
  },
});

/** §3.12. A wrong current password is answered as AccountNotExist. */
export const updateAccount = xmlRpcAction({
  request: 'updateAccount',
  prepare(creator) {
    const { wantedPassword } = creator;
    if (creator.identity === null || creator.effectiveDomain === null) return undefined;
    if (wantedPassword === null || creator.currentHa1 === null) return undefined;
    creator.fillFromAssistant();
    const { user, currentHa1, effectiveDomain, algorithm } = creator;
    const newHa1 = creator.ha1Of(wantedPassword);
    return { method: 'update_hash', args: [user, currentHa1, newHa1, effectiveDomain, algorithm] };
  },
  conclude: byTable(xmlRpcResults.updateAccount),
});
