/** What an `AccountManagerServicesRequest` asks for (account-creator.md §5.4). */
export const AccountManagerServicesRequestType = {
  SendAccountCreationTokenByPush: 0,
  AccountCreationRequestToken: 1,
  AccountCreationTokenFromAccountCreationRequestToken: 2,
  CreateAccountUsingToken: 3,
  SendPhoneNumberLinkingCodeBySms: 4,
  LinkPhoneNumberUsingCode: 5,
  SendEmailLinkingCodeByEmail: 6,
  LinkEmailUsingCode: 7,
  GetDevicesList: 8,
  DeleteDevice: 9,
  SendAccountRecoveryTokenByPush: 10,
  GetCreationTokenAsAdmin: 100,
  GetAccountInfoAsAdmin: 101,
  DeleteAccountAsAdmin: 102,
} as const;
export type AccountManagerServicesRequestType =
  (typeof AccountManagerServicesRequestType)[keyof typeof AccountManagerServicesRequestType];
