import type { RegistrationState } from '@dialtone/sip';
import type { Account } from '../account/account.ts';
import type { AuthInfo } from '../auth-info/auth-info.ts';
import type { AuthMethod } from '../auth-info/auth-method.ts';
import type { ConfiguringState } from '../provisioning/configuring-state.ts';
import type { FriendList } from '../friends/friend-list.ts';
import type { ProxyConfig } from '../proxy-config/proxy-config.ts';
import type { Core } from './core.ts';
import type { GlobalState } from './global-state.ts';

/** What an application may hear from a core. Callbacks may call back into the API. */
export interface CoreListener {
  onGlobalStateChanged?(core: Core, state: GlobalState, message: string): void;
  /** How provisioning at start ended; accounts are still the old ones. */
  onConfiguringStatus?(core: Core, state: ConfiguringState, message: string | null): void;
  onAccountRegistrationStateChanged?(
    core: Core,
    account: Account,
    state: RegistrationState,
    message: string,
  ): void;
  /** As above, in the form of the manual; called after it. */
  onRegistrationStateChanged?(
    core: Core,
    config: ProxyConfig,
    state: RegistrationState,
    message: string,
  ): void;
  /** Credentials are missing or were refused: fill `info`, then `core.addAuthInfo(info)`, now or later. */
  onAuthenticationRequested?(core: Core, info: AuthInfo, method: AuthMethod): void;
  /** Older form of the same. */
  onAuthInfoRequested?(core: Core, realm: string, username: string | null, domain: string): void;
  onNetworkReachable?(core: Core, reachable: boolean): void;
  onDefaultAccountChanged?(core: Core, account: Account | null): void;
  onAccountAdded?(core: Core, account: Account): void;
  onAccountRemoved?(core: Core, account: Account): void;
  /** A list was added, found in the file, or made for the contacts of the server. */
  onFriendListCreated?(core: Core, list: FriendList): void;
  onFriendListRemoved?(core: Core, list: FriendList): void;
}
