/** Provisional and final status of a request (account-creator.md §1.11). */
export const AccountCreatorStatus = {
  RequestOk: 0,
  RequestFailed: 1,
  MissingArguments: 2,
  MissingCallbacks: 3,
  AccountCreated: 4,
  AccountNotCreated: 5,
  AccountExist: 6,
  AccountExistWithAlias: 7,
  AccountNotExist: 8,
  AliasIsAccount: 9,
  AliasExist: 10,
  AliasNotExist: 11,
  AccountActivated: 12,
  AccountAlreadyActivated: 13,
  AccountNotActivated: 14,
  AccountLinked: 15,
  AccountNotLinked: 16,
  ServerError: 17,
  PhoneNumberInvalid: 18,
  WrongActivationCode: 19,
  PhoneNumberOverused: 20,
  AlgoNotSupported: 21,
  UnexpectedError: 22,
  NotImplementedError: 23,
  RequestNotAuthorized: 24,
  RequestTooManyRequests: 25,
} as const;
export type AccountCreatorStatus = (typeof AccountCreatorStatus)[keyof typeof AccountCreatorStatus];

/** Result of `setUsername`; also of `setDisplayName`. */
export const AccountCreatorUsernameStatus = {
  Ok: 0,
  TooShort: 1,
  TooLong: 2,
  InvalidCharacters: 3,
  Invalid: 4,
} as const;
export type AccountCreatorUsernameStatus =
  (typeof AccountCreatorUsernameStatus)[keyof typeof AccountCreatorUsernameStatus];

/** Result of `setPassword` and `setHa1`. */
export const AccountCreatorPasswordStatus = {
  Ok: 0,
  TooShort: 1,
  TooLong: 2,
  InvalidCharacters: 3,
  MissingCharacters: 4,
} as const;
export type AccountCreatorPasswordStatus =
  (typeof AccountCreatorPasswordStatus)[keyof typeof AccountCreatorPasswordStatus];

/** Result of `setEmail`. */
export const AccountCreatorEmailStatus = { Ok: 0, Malformed: 1, InvalidCharacters: 2 } as const;
export type AccountCreatorEmailStatus =
  (typeof AccountCreatorEmailStatus)[keyof typeof AccountCreatorEmailStatus];

/** Bits of the mask that `setPhoneNumber` returns. */
export const AccountCreatorPhoneNumberStatus = {
  Ok: 0x1,
  TooShort: 0x2,
  TooLong: 0x4,
  InvalidCountryCode: 0x8,
  Invalid: 0x10,
} as const;
export type AccountCreatorPhoneNumberStatus =
  (typeof AccountCreatorPhoneNumberStatus)[keyof typeof AccountCreatorPhoneNumberStatus];

/** Result of `setLanguage`. */
export const AccountCreatorLanguageStatus = { Ok: 0 } as const;
export type AccountCreatorLanguageStatus =
  (typeof AccountCreatorLanguageStatus)[keyof typeof AccountCreatorLanguageStatus];

/** Result of `setActivationCode`. */
export const AccountCreatorActivationCodeStatus = {
  Ok: 0,
  TooShort: 1,
  TooLong: 2,
  InvalidCharacters: 3,
} as const;
export type AccountCreatorActivationCodeStatus =
  (typeof AccountCreatorActivationCodeStatus)[keyof typeof AccountCreatorActivationCodeStatus];

/** Result of `setAlgorithm`. */
export const AccountCreatorAlgoStatus = { Ok: 0, NotSupported: 1 } as const;
export type AccountCreatorAlgoStatus =
  (typeof AccountCreatorAlgoStatus)[keyof typeof AccountCreatorAlgoStatus];

/** Result of `setDomain`. */
export const AccountCreatorDomainStatus = { Ok: 0, Invalid: 1 } as const;
export type AccountCreatorDomainStatus =
  (typeof AccountCreatorDomainStatus)[keyof typeof AccountCreatorDomainStatus];

/** Result of `setTransport`. */
export const AccountCreatorTransportStatus = { Ok: 0, Unsupported: 1 } as const;
export type AccountCreatorTransportStatus =
  (typeof AccountCreatorTransportStatus)[keyof typeof AccountCreatorTransportStatus];

/** `[account_creator] backend`: which default service the core builds. */
export const AccountCreatorBackend = { XMLRPC: 0, FlexiAPI: 1 } as const;
export type AccountCreatorBackend =
  (typeof AccountCreatorBackend)[keyof typeof AccountCreatorBackend];
