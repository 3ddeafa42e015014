import { NO_PARAMS, sipUri } from '@dialtone/sip';
import { Account } from '../account/account.ts';
import { normalizeSipUri } from '../account/normalize.ts';
import { Address } from '../address/address.ts';
import { TransportType } from '../address/transport-type.ts';
import { dialPlanOf, genericDialPlan } from '../dial-plan/find-dial-plan.ts';
import { normalizePhoneNumber } from '../dial-plan/phone-number.ts';
import { readAssistantSettings } from './assistant-settings.ts';
import {
  AccountCreatorActivationCodeStatus,
  AccountCreatorAlgoStatus,
  AccountCreatorDomainStatus,
  AccountCreatorEmailStatus,
  AccountCreatorLanguageStatus,
  AccountCreatorPasswordStatus,
  AccountCreatorPhoneNumberStatus,
  AccountCreatorStatus,
  AccountCreatorTransportStatus,
  AccountCreatorUsernameStatus,
} from './enums.ts';
import { computeAccountHa1 } from './ha1.ts';
import type { AccountCreatorHost } from './host.ts';
import type { ProxyConfig } from '../proxy-config/proxy-config.ts';
import { checkEmail, checkPassword, checkUsername } from './validation.ts';

interface Fields {
  username: string | null;
  displayName: string | null;
  password: string | null;
  ha1: string | null;
  phoneNumber: string | null;
  phoneCountryCode: string | null;
  email: string | null;
  language: string | null;
  activationCode: string | null;
  domain: string | null;
  algorithm: string | null;
  route: string | null;
}

const noFields: Readonly<Fields> = {
  username: null,
  displayName: null,
  password: null,
  ha1: null,
  phoneNumber: null,
  phoneCountryCode: null,
  email: null,
  language: null,
  activationCode: null,
  domain: null,
  algorithm: null,
  route: null,
};

/** Fields that a server answers: stored as they are, without the checks made on what people type. */
export type AnsweredFields = Partial<
  Pick<Fields, 'username' | 'phoneNumber' | 'password' | 'ha1' | 'algorithm' | 'activationCode'>
>;

/**
 * What a person filled in about an account, checked field by field (account-creator.md §1.2–1.9).
 * Every setter answers at once with a status and leaves the field unchanged when it refuses; null
 * clears a field unless its setter says otherwise.
 */
export class AccountForm {
  protected readonly host: AccountCreatorHost;

  /** Account creation token, or push auth token. */
  token: string | null = null;
  pnProvider: string | null = null;
  pnParam: string | null = null;
  pnPrid: string | null = null;
  /** Kept by `reset()`. */
  accountCreationRequestToken: string | null = null;
  /** The password that `updateAccount` sets; falls back to `userData` when that is a text (D15). */
  newPassword: string | null = null;
  /** Anything the application wants to find again. */
  userData: unknown = null;
  /** Make the created account the default one. Default true; kept by `reset()`. */
  setAsDefault = true;

  #fields: Fields = { ...noFields };
  #transport: TransportType = TransportType.Tcp;
  #account: Account | null;

  constructor(host: AccountCreatorHost) {
    this.host = host;
    this.#account = new Account(host.createAccountParams());
  }

  get username(): string | null {
    return this.#fields.username;
  }
  get displayName(): string | null {
    return this.#fields.displayName;
  }
  /** Clear text. */
  get password(): string | null {
    return this.#fields.password;
  }
  get ha1(): string | null {
    return this.#fields.ha1;
  }
  /** Normalised, see `setPhoneNumber`. */
  get phoneNumber(): string | null {
    return this.#fields.phoneNumber;
  }
  /** Country calling code without `+`. */
  get phoneCountryCode(): string | null {
    return this.#fields.phoneCountryCode;
  }
  get email(): string | null {
    return this.#fields.email;
  }
  get language(): string | null {
    return this.#fields.language;
  }
  get activationCode(): string | null {
    return this.#fields.activationCode;
  }
  get domain(): string | null {
    return this.#fields.domain;
  }
  /** `MD5`, `SHA-256`, or null for the server's default. */
  get algorithm(): string | null {
    return this.#fields.algorithm;
  }
  /** @deprecated Stored, never used. */
  get route(): string | null {
    return this.#fields.route;
  }
  get transport(): TransportType {
    return this.#transport;
  }

  /** Lengths and characters: `[assistant]` username_min_length, …_max_length, …_regex. */
  setUsername(username: string | null): AccountCreatorUsernameStatus {
    const status =
      username === null
        ? AccountCreatorUsernameStatus.Ok
        : checkUsername(username, readAssistantSettings(this.host.config));
    if (status === AccountCreatorUsernameStatus.Ok) this.#fields.username = username;
    return status;
  }

  setDisplayName(displayName: string | null): AccountCreatorUsernameStatus {
    this.#fields.displayName = displayName;
    return AccountCreatorUsernameStatus.Ok;
  }

  /** Null clears the password and answers `TooShort`, as it always did. */
  setPassword(password: string | null): AccountCreatorPasswordStatus {
    const status =
      password === null
        ? AccountCreatorPasswordStatus.TooShort
        : checkPassword(password, readAssistantSettings(this.host.config));
    if (password === null || status === AccountCreatorPasswordStatus.Ok) {
      this.#fields.password = password;
    }
    return status;
  }

  setHa1(ha1: string | null): AccountCreatorPasswordStatus {
    this.#fields.ha1 = ha1;
    return AccountCreatorPasswordStatus.Ok;
  }

  /**
   * Stores the number in international form when country code and length allow it; both null clear
   * it. Answers a mask of `AccountCreatorPhoneNumberStatus` bits (account-creator.md §1.6).
   */
  setPhoneNumber(phoneNumber: string | null, countryCode: string | null): number {
    if (phoneNumber === null && countryCode === null) {
      this.#fields.phoneNumber = null;
      this.#fields.phoneCountryCode = null;
      return AccountCreatorPhoneNumberStatus.Ok;
    }
    if (phoneNumber === null || countryCode === null) {
      return AccountCreatorPhoneNumberStatus.Invalid;
    }
    const phoneCountryCode = countryCode.replace(/^\+/, '');
    if (phoneCountryCode === '') return AccountCreatorPhoneNumberStatus.InvalidCountryCode;
    const { dialEscapePlusEnabled } = this.#ensureAccount().settings;
    const normalized = normalizePhoneNumber(phoneCountryCode, phoneNumber, dialEscapePlusEnabled);
    if (normalized === null) return AccountCreatorPhoneNumberStatus.Invalid;

    if (normalized !== phoneNumber || !phoneNumber.startsWith('+')) {
      const plan = dialPlanOf(phoneCountryCode);
      if (plan === genericDialPlan) return AccountCreatorPhoneNumberStatus.InvalidCountryCode;
      if (nationalLength(phoneNumber, countryCode) > plan.maxNationalLength + 1) {
        return AccountCreatorPhoneNumberStatus.TooLong;
      }
    }
    this.#fields.phoneNumber = normalized;
    this.#fields.phoneCountryCode = phoneCountryCode;
    return AccountCreatorPhoneNumberStatus.Ok;
  }

  /** Stored in lower case. Null is malformed: only `reset()` clears the address. */
  setEmail(email: string | null): AccountCreatorEmailStatus {
    if (email === null) return AccountCreatorEmailStatus.Malformed;
    const status = checkEmail(email);
    if (status === AccountCreatorEmailStatus.Ok) this.#fields.email = lowerCase(email);
    return status;
  }

  /** Free text; servers keep the first two letters. */
  setLanguage(language: string | null): AccountCreatorLanguageStatus {
    this.#fields.language = language;
    return AccountCreatorLanguageStatus.Ok;
  }

  setActivationCode(code: string | null): AccountCreatorActivationCodeStatus {
    this.#fields.activationCode = code;
    return AccountCreatorActivationCodeStatus.Ok;
  }

  /** Stored in lower case. */
  setDomain(domain: string | null): AccountCreatorDomainStatus {
    this.#fields.domain = domain && lowerCase(domain);
    return AccountCreatorDomainStatus.Ok;
  }

  /** Stores any text, but answers `NotSupported` unless it is `MD5`, `SHA-256` or null. */
  setAlgorithm(algorithm: string | null): AccountCreatorAlgoStatus {
    this.#fields.algorithm = algorithm;
    return algorithm === null || algorithm === 'MD5' || algorithm === 'SHA-256'
      ? AccountCreatorAlgoStatus.Ok
      : AccountCreatorAlgoStatus.NotSupported;
  }

  setTransport(transport: TransportType): AccountCreatorTransportStatus {
    if (!this.host.isTransportSupported(transport))
      return AccountCreatorTransportStatus.Unsupported;
    this.#transport = transport;
    return AccountCreatorTransportStatus.Ok;
  }

  /** @deprecated Checked and stored, never used: set `[proxy_default_values] reg_route`. */
  setRoute(route: string | null): AccountCreatorStatus {
    if (route === null) return AccountCreatorStatus.RequestFailed;
    const address = route.includes('sip:') || route.includes('sips:') ? route : `sip:${route}`;
    if (Address.parse(address)?.isValid !== true) return AccountCreatorStatus.RequestFailed;
    this.#ensureAccount();
    this.#fields.route = lowerCase(address);
    return AccountCreatorStatus.RequestOk;
  }

  /** The account whose domain and dialling rules stand in where the form says nothing. */
  set account(account: Account | null) {
    this.#account = account;
  }

  /** The same by its façade. */
  set proxyConfig(proxyConfig: ProxyConfig | null) {
    this.#account = proxyConfig?.account ?? null;
  }

  /** The username, else the phone number. */
  get user(): string | null {
    return this.username ?? (this.phoneNumber || null);
  }

  /** The domain requests are about: `domain`, else the account's. */
  get effectiveDomain(): string | null {
    return this.domain ?? this.#account?.settings.identityAddress?.domain ?? null;
  }

  /** Address of the account to be; null without user or domain (account-creator.md §1.5). */
  get identity(): Address | null {
    const { user, domain } = this;
    if (user === null) return null;
    const address = normalizeSipUri(this.host.createAccountParams(), user);
    if (address !== null && (domain === null || sameDomain(address, domain))) return address;
    return domain === null
      ? null
      : Address.from({
          displayName: undefined,
          uri: sipUri({ user, host: domain }),
          params: NO_PARAMS,
        });
  }

  /** The password `updateAccount` sets; null when there is none. */
  get wantedPassword(): string | null {
    return this.newPassword ?? (typeof this.userData === 'string' ? this.userData : null);
  }

  /** The stored HA1, else that of the stored password; null without either. */
  get currentHa1(): string | null {
    return this.ha1 ?? (this.password === null ? null : this.ha1Of(this.password));
  }

  /** Digest HA1 of this user with `password` in the effective domain; empty for other algorithms. */
  ha1Of(password: string): string {
    const realm = this.effectiveDomain ?? '';
    return computeAccountHa1(this.user ?? '', password, realm, this.algorithm);
  }

  /** Takes domain and algorithm from `[assistant]` where the form has none; they stay. */
  fillFromAssistant(): void {
    const { domain, algorithm } = readAssistantSettings(this.host.config);
    if (this.domain === null && domain !== undefined) this.setDomain(domain);
    if (this.algorithm === null && algorithm !== undefined) this.setAlgorithm(algorithm);
  }

  /** Stores what a server answered. */
  adopt(answered: AnsweredFields): void {
    Object.assign(this.#fields, answered);
  }

  /**
   * Empties the form. Transport, `setAsDefault`, `accountCreationRequestToken` and `userData` stay;
   * the fallback domain is gone until an account is set or `setPhoneNumber` brings one back.
   */
  reset(): void {
    this.#fields = { ...noFields };
    this.token = null;
    this.pnProvider = null;
    this.pnParam = null;
    this.pnPrid = null;
    this.newPassword = null;
    this.#account = null;
  }

  #ensureAccount(): Account {
    this.#account ??= new Account(this.host.createAccountParams());
    return this.#account;
  }
}

function sameDomain(address: Address, domain: string): boolean {
  return address.domain?.toLowerCase() === domain;
}

/** Length of the text as typed, punctuation included, without the country code it starts with. */
function nationalLength(phoneNumber: string, countryCode: string): number {
  if (phoneNumber.startsWith('+')) return phoneNumber.length - countryCode.length - 1;
  if (phoneNumber.startsWith('00')) return phoneNumber.length - countryCode.length - 2;
  return phoneNumber.length;
}

function lowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
