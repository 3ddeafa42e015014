import type { RegistrationContext, RegistrationState } from '@dialtone/sip';
import type { Core } from '../core/core.ts';
import type { AccountSettings } from './account-params.ts';
import type { Account } from './account.ts';
import type { PushNotificationConfig } from './push-notification-config.ts';
import type { RegisterInputs } from './register-parameters.ts';

/** What the core gives an account to send a REGISTER, short of what the account knows itself. */
export type HostInputs = Omit<
  RegisterInputs,
  'masterContact' | 'customBase' | 'customHeaders' | 'withdrawnContacts'
>;

/** All that an account asks of the core it is in. */
export interface AccountHost {
  readonly core: Core;
  readonly registrationContext: RegistrationContext;
  /** REGISTERs may be sent: the network is up, or is not to be waited for. */
  readonly registrationAllowed: boolean;
  /** What a lost network left registered is withdrawn with the next REGISTER. */
  readonly withdrawsLostContacts: boolean;
  /** `account.update()` is to be called at the next iterate. */
  requestUpdate(account: Account): void;
  registerInputs(settings: AccountSettings): HostInputs;
  /** Push parameters of the Contact, as text to compare. */
  pushText(settings: AccountSettings): string;
  /** Push configuration of accounts without one of their own. */
  readonly pushConfig: PushNotificationConfig;
  isPushAvailable(settings: AccountSettings): boolean;
  /** Finds the account this one depends on, anew (registration.md §4.1). */
  resolveDependency(account: Account): void;
  /** Settings of the account changed. */
  saveAccount(account: Account): void;
  onRegistrationStateChanged(account: Account, state: RegistrationState, message: string): void;
}

/** Hears about one account. */
export interface AccountListener {
  onRegistrationStateChanged?(account: Account, state: RegistrationState, message: string): void;
}
