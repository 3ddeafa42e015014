/**
 * The requests an account creator can make: the slot of the service that does each, and the
 * listener method that is told its result (account-creator.md §2.1).
 */
export const accountCreatorRequests = {
  isAccountExist: { slot: 'isAccountExistCb', listener: 'onIsAccountExist' },
  createAccount: { slot: 'createAccountCb', listener: 'onCreateAccount' },
  createPushAccount: { slot: 'createPushAccountCb', listener: 'onCreateAccount' },
  activateAccount: { slot: 'activateAccountCb', listener: 'onActivateAccount' },
  isAccountActivated: { slot: 'isAccountActivatedCb', listener: 'onIsAccountActivated' },
  isAliasUsed: { slot: 'isAliasUsedCb', listener: 'onIsAliasUsed' },
  linkAccount: { slot: 'linkAccountCb', listener: 'onLinkAccount' },
  activateAlias: { slot: 'activateAliasCb', listener: 'onActivateAlias' },
  recoverAccount: { slot: 'recoverAccountCb', listener: 'onRecoverAccount' },
  isAccountLinked: { slot: 'isAccountLinkedCb', listener: 'onIsAccountLinked' },
  updateAccount: { slot: 'updateAccountCb', listener: 'onUpdateAccount' },
  loginLinphoneAccount: { slot: 'loginLinphoneAccountCb', listener: 'onLoginLinphoneAccount' },
  requestAuthToken: { slot: 'sendTokenCb', listener: 'onSendToken' },
  requestAccountCreationRequestToken: {
    slot: 'accountCreationRequestTokenCb',
    listener: 'onAccountCreationRequestToken',
  },
  requestAccountCreationTokenUsingRequestToken: {
    slot: 'accountCreationTokenUsingRequestTokenCb',
    listener: 'onAccountCreationTokenUsingRequestToken',
  },
  getConfirmationKey: { slot: 'confirmationKeyCb', listener: 'onConfirmationKey' },
  deleteAccount: { slot: 'deleteAccountCb', listener: 'onDeleteAccount' },
} as const;

/** Name of a request: that of the `AccountCreator` method which makes it. */
export type AccountCreatorRequest = keyof typeof accountCreatorRequests;

/** Name of the service slot of a request. */
export type AccountCreatorSlot = (typeof accountCreatorRequests)[AccountCreatorRequest]['slot'];

/** Name of the listener method of a request. */
export type AccountCreatorResult =
  (typeof accountCreatorRequests)[AccountCreatorRequest]['listener'];
