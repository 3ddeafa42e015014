import type { Account } from '../account/account.ts';
import { callSafely } from '../call-safely.ts';
import { ListenerList } from '../listener-list.ts';
import { proxyConfigOf } from '../proxy-config/proxy-config.ts';
import type { ProxyConfig } from '../proxy-config/proxy-config.ts';
import { XmlRpcSession } from '../xml-rpc/xml-rpc-session.ts';
import { OpenCalls } from './account-creator-call.ts';
import type { AccountCreatorCall } from './account-creator-call.ts';
import type { AccountCreatorListener } from './account-creator-listener.ts';
import type { AccountCreatorService } from './account-creator-service.ts';
import { AccountForm } from './account-form.ts';
import { createAccountInCore } from './create-in-core.ts';
import {
  AccountCreatorActivationCodeStatus,
  AccountCreatorAlgoStatus,
  AccountCreatorBackend,
  AccountCreatorDomainStatus,
  AccountCreatorEmailStatus,
  AccountCreatorLanguageStatus,
  AccountCreatorPasswordStatus,
  AccountCreatorPhoneNumberStatus,
  AccountCreatorStatus,
  AccountCreatorTransportStatus,
  AccountCreatorUsernameStatus,
} from './enums.ts';
import { defaultIdentityUri } from './host.ts';
import type { AccountCreatorHost } from './host.ts';
import { accountCreatorRequests } from './requests.ts';
import type { AccountCreatorRequest } from './requests.ts';

/** Delivers the final status of one request. */
export type ResultNotifier = (status: AccountCreatorStatus, response: string | null) => void;

/**
 * Creates accounts and manages them at the account server: check, create, activate, link, recover.
 *
 * Each request method answers a provisional status at once; the final one goes to the listeners.
 * `request(name)` makes the same request and gives the final status as a promise.
 *
 * @example
 * const creator = core.createAccountCreator('https://sip.example.org/xmlrpc');
 * creator.setUsername('alice');
 * creator.setDomain('sip.example.org');
 * const { status } = await creator.request('isAccountExist').done;
 * if (status === AccountCreator.Status.AccountNotExist) …
 */
export class AccountCreator extends AccountForm {
  static readonly Status = AccountCreatorStatus;
  static readonly UsernameStatus = AccountCreatorUsernameStatus;
  static readonly PasswordStatus = AccountCreatorPasswordStatus;
  static readonly EmailStatus = AccountCreatorEmailStatus;
  static readonly PhoneNumberStatus = AccountCreatorPhoneNumberStatus;
  static readonly LanguageStatus = AccountCreatorLanguageStatus;
  static readonly ActivationCodeStatus = AccountCreatorActivationCodeStatus;
  static readonly AlgoStatus = AccountCreatorAlgoStatus;
  static readonly DomainStatus = AccountCreatorDomainStatus;
  static readonly TransportStatus = AccountCreatorTransportStatus;
  static readonly Backend = AccountCreatorBackend;

  /**
   * The single listener of the manual, told before those of `addListener`.
   *
   * @deprecated Use `addListener`.
   */
  readonly callbacks: AccountCreatorListener = {};
  /** Where XML-RPC requests go; null when the creator was made without URL. */
  readonly xmlRpcSession: XmlRpcSession | null;

  readonly #listeners = new ListenerList<AccountCreatorListener>();
  readonly #calls = new OpenCalls();
  readonly #disposed = new AbortController();
  #service: AccountCreatorService | null;

  /** Same as `core.createAccountCreator(xmlRpcUrl)`. */
  constructor(core: AccountCreatorHost, xmlRpcUrl: string | null = null) {
    super(core);
    this.#service = core.accountCreatorService;
    this.xmlRpcSession =
      xmlRpcUrl === null
        ? null
        : new XmlRpcSession({
            url: xmlRpcUrl,
            http: (request) => core.http(request),
            from: () => defaultIdentityUri(core),
          });
    this.#service?.constructorCb?.(this);
  }

  /** The core's service at the time the creator was made; null when disposed of. */
  get service(): AccountCreatorService | null {
    return this.#service;
  }

  /** What the creator was made for; for services. */
  get core(): AccountCreatorHost {
    return this.host;
  }

  /** Aborted when the creator is disposed of: requests of services end with it (D7). */
  get signal(): AbortSignal {
    return this.#disposed.signal;
  }

  /** Is there an account of that username or phone number? */
  isAccountExist(): AccountCreatorStatus {
    return this.#make('isAccountExist');
  }

  /** Creates an account by phone number when there is one, else by email address. */
  createAccount(): AccountCreatorStatus {
    return this.#make('createAccount');
  }

  /** Creates an account with generated name and password from a token received by push. */
  createPushAccount(): AccountCreatorStatus {
    return this.#make('createPushAccount');
  }

  /** Proves the phone number (or email address) with the code that was sent. */
  activateAccount(): AccountCreatorStatus {
    return this.#make('activateAccount');
  }

  isAccountActivated(): AccountCreatorStatus {
    return this.#make('isAccountActivated');
  }

  /** Does the phone number belong to an account, as its name or as an alias? */
  isAliasUsed(): AccountCreatorStatus {
    return this.#make('isAliasUsed');
  }

  /** Asks for a code by SMS that proves the phone number of an existing account. */
  linkAccount(): AccountCreatorStatus {
    return this.#make('linkAccount');
  }

  /** Links the phone number with the code of `linkAccount`. */
  activateAlias(): AccountCreatorStatus {
    return this.#make('activateAlias');
  }

  /** Asks for a code by SMS for the account of the phone number. */
  recoverAccount(): AccountCreatorStatus {
    return this.#make('recoverAccount');
  }

  /** Has the account a phone number? */
  isAccountLinked(): AccountCreatorStatus {
    return this.#make('isAccountLinked');
  }

  /** Changes the password to `newPassword`. */
  updateAccount(): AccountCreatorStatus {
    return this.#make('updateAccount');
  }

  /** Exchanges a recovery code for the account's credentials. */
  loginLinphoneAccount(): AccountCreatorStatus {
    return this.#make('loginLinphoneAccount');
  }

  /** Asks for a token by push. */
  requestAuthToken(): AccountCreatorStatus {
    return this.#make('requestAuthToken');
  }

  /** Asks for a token that a person validates in a browser. */
  requestAccountCreationRequestToken(): AccountCreatorStatus {
    return this.#make('requestAccountCreationRequestToken');
  }

  /** Exchanges the validated request token for an account creation token. */
  requestAccountCreationTokenUsingRequestToken(): AccountCreatorStatus {
    return this.#make('requestAccountCreationTokenUsingRequestToken');
  }

  /** For tests, on servers that allow it. */
  getConfirmationKey(): AccountCreatorStatus {
    return this.#make('getConfirmationKey');
  }

  /** For tests, on servers that allow it. */
  deleteAccount(): AccountCreatorStatus {
    return this.#make('deleteAccount');
  }

  /** Makes the request of that name; the final status comes as a promise too. */
  request(name: AccountCreatorRequest): AccountCreatorCall {
    return this.#calls.start(name, () => this.#invoke(name));
  }

  /**
   * For services: announces, while the request function runs, that the result of `name` will come
   * from the returned notifier. Two requests of one name thus keep their results apart.
   */
  begin(name: AccountCreatorRequest): ResultNotifier {
    const settle = this.#calls.claim(name);
    return (status, response) => {
      if (this.signal.aborted) return;
      settle?.({ status, response });
      const { listener } = accountCreatorRequests[name];
      callSafely(() => this.callbacks[listener]?.(this, status, response));
      this.#listeners.notify((each) => each[listener]?.(this, status, response));
    };
  }

  /**
   * For services: tells the final status of a request to the single listener, the list and whoever
   * awaits it, in this one place for all backends (D6).
   */
  notify(name: AccountCreatorRequest, status: AccountCreatorStatus, response: string | null): void {
    this.begin(name)(status, response);
  }

  /** A listener added twice is told twice. */
  addListener(listener: AccountCreatorListener): void {
    this.#listeners.add(listener);
  }

  removeListener(listener: AccountCreatorListener): void {
    this.#listeners.remove(listener);
  }

  /** The listener being told right now; null otherwise, and for `callbacks`. */
  get currentListener(): AccountCreatorListener | null {
    return this.#listeners.current;
  }

  /** Adds the account to the core, locally; null when it has no identity or server. */
  createAccountInCore(): Account | null {
    return createAccountInCore(this, this.host);
  }

  /** The same, as proxy config. */
  createProxyConfig(): ProxyConfig | null {
    const account = this.createAccountInCore();
    return account && proxyConfigOf(account);
  }

  /** @deprecated Older name of `createProxyConfig`. */
  configure(): ProxyConfig | null {
    return this.createProxyConfig();
  }

  /** Ends the creator: pending requests are silenced, then the service's destructor is called. */
  dispose(): void {
    if (this.signal.aborted) return;
    this.#disposed.abort();
    this.xmlRpcSession?.release();
    this.#service?.destructorCb?.(this);
    this.#service = null;
    this.#listeners.clear();
    for (const { listener } of Object.values(accountCreatorRequests)) {
      this.callbacks[listener] = undefined;
    }
    this.reset();
    this.#calls.abandon();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  #make(name: AccountCreatorRequest): AccountCreatorStatus {
    return this.#calls.run(() => this.#invoke(name));
  }

  #invoke(name: AccountCreatorRequest): AccountCreatorStatus {
    const { slot, listener } = accountCreatorRequests[name];
    const perform = this.#service?.[slot] ?? null;
    if (this.#service?.reportsMissingCallbacks) {
      const heard =
        this.callbacks[listener] !== undefined ||
        this.#listeners.some((each) => each[listener] !== undefined) ||
        this.#calls.awaits(name);
      if (perform === null || !heard) return AccountCreatorStatus.MissingCallbacks;
    }
    return perform === null ? AccountCreatorStatus.NotImplementedError : perform(this);
  }
}
