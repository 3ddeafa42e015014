import type { AccountCreator } from './account-creator.ts';
import type { AccountCreatorStatus } from './enums.ts';
import type { AccountCreatorSlot } from './requests.ts';

/**
 * Does one request of an account creator. Answers a provisional status at once, and notifies exactly
 * one final status with `creator.notify(…)` (or a notifier of `creator.begin(…)`), before or after
 * returning. When a field is missing both are `MissingArguments`.
 */
export type AccountCreatorRequestFunc = (creator: AccountCreator) => AccountCreatorStatus;

/** Everything a service can be given; what is absent stays null: not implemented. */
export type AccountCreatorSlots = {
  [Slot in
    | AccountCreatorSlot
    | 'constructorCb'
    | 'destructorCb']?: AccountCreatorRequestFunc | null;
};

/**
 * The pluggable half of the account creator: one function per request (account-creator.md §2).
 * Changing a slot changes it for every creator of the service at once.
 *
 * @example
 * core.accountCreatorService = new AccountCreatorService({
 *   isAccountExistCb: (creator) => {
 *     creator.notify('isAccountExist', AccountCreatorStatus.AccountNotExist, null);
 *     return AccountCreatorStatus.RequestOk;
 *   },
 * });
 */
export class AccountCreatorService implements Required<AccountCreatorSlots> {
  /** Called when a creator is made; its result is ignored. */
  constructorCb: AccountCreatorRequestFunc | null = null;
  /** Called when a creator is disposed of, its fields still readable; its result is ignored. */
  destructorCb: AccountCreatorRequestFunc | null = null;
  isAccountExistCb: AccountCreatorRequestFunc | null = null;
  createAccountCb: AccountCreatorRequestFunc | null = null;
  createPushAccountCb: AccountCreatorRequestFunc | null = null;
  activateAccountCb: AccountCreatorRequestFunc | null = null;
  isAccountActivatedCb: AccountCreatorRequestFunc | null = null;
  isAliasUsedCb: AccountCreatorRequestFunc | null = null;
  linkAccountCb: AccountCreatorRequestFunc | null = null;
  activateAliasCb: AccountCreatorRequestFunc | null = null;
  recoverAccountCb: AccountCreatorRequestFunc | null = null;
  isAccountLinkedCb: AccountCreatorRequestFunc | null = null;
  updateAccountCb: AccountCreatorRequestFunc | null = null;
  loginLinphoneAccountCb: AccountCreatorRequestFunc | null = null;
  sendTokenCb: AccountCreatorRequestFunc | null = null;
  accountCreationRequestTokenCb: AccountCreatorRequestFunc | null = null;
  accountCreationTokenUsingRequestTokenCb: AccountCreatorRequestFunc | null = null;
  confirmationKeyCb: AccountCreatorRequestFunc | null = null;
  deleteAccountCb: AccountCreatorRequestFunc | null = null;
  /** Anything the application wants to find again; shared by all creators of the service. */
  userData: unknown = null;
  /**
   * Answer `MissingCallbacks`, and do nothing, when the slot is null or nobody listens to the result,
   * as the manual of 2017 says. Default false: a null slot is `NotImplementedError` (D9).
   */
  reportsMissingCallbacks = false;

  constructor(slots: AccountCreatorSlots = {}) {
    Object.assign(this, slots);
  }
}
