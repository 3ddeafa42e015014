import { Account, newIdkey } from '../account/account.ts';
import type { AccountParams } from '../account/account-params.ts';
import { type NatPolicy, type NatPolicyFields, natPolicy } from '../account/nat-policy.ts';
import { readAccountSection } from '../account/account-section.ts';
import { interpretUrl } from '../account/normalize.ts';
import type { Address } from '../address/address.ts';
import type { AuthInfo } from '../auth-info/auth-info.ts';
import { ProxyConfig, proxyConfigOf } from '../proxy-config/proxy-config.ts';
import type { CoreParts } from './core-parts.ts';
import { lookupKnownAccount } from './accounts/lookup-account.ts';

/** The half of a core that is about accounts and credentials (registration.md §1.5, §3.2). */
export abstract class CoreAccounts {
  protected readonly parts: CoreParts;

  protected constructor(parts: CoreParts) {
    this.parts = parts;
  }

  // ——— accounts ———

  get accountList(): readonly Account[] {
    return this.parts.accounts.list.accounts;
  }

  /** Removed, but not unregistered yet. */
  get deletedAccountList(): readonly Account[] {
    return this.parts.accounts.list.deleted;
  }

  /** Settings with the defaults of `[proxy_default_values]`. */
  createAccountParams(): AccountParams {
    const params = readAccountSection(this.parts.config, 'proxy_default_values');
    params.idkey = newIdkey(this.parts.random);
    return params;
  }

  createAccount(params: AccountParams): Account {
    return new Account(params);
  }

  /** -1 without server address or identity; 0 also when it is there already. */
  addAccount(account: Account): 0 | -1 {
    return this.parts.accounts.add(account);
  }

  /** Unregisters in the background. */
  removeAccount(account: Account): void {
    this.parts.accounts.remove(account);
  }

  /** As `removeAccount`; the credentials that only this account uses are removed once it has unregistered. */
  removeAccountWithData(account: Account): void {
    this.parts.accounts.remove(account, { withData: true });
  }

  clearAccounts(): void {
    this.parts.accounts.clear();
  }

  getAccountByIdkey(idkey: string): Account | null {
    return this.parts.accounts.list.findByIdkey(idkey) ?? null;
  }

  get defaultAccount(): Account | null {
    return this.parts.accounts.defaultAccount;
  }

  /** An account that is not in the list makes it null. */
  set defaultAccount(account: Account | null) {
    this.parts.accounts.setDefault(account);
  }

  /** Seconds a removed account may take to unregister. Default 32; 0 and less are ignored. */
  get accountDeletionTimeout(): number {
    return this.parts.accounts.list.deletionTimeoutMs / 1000;
  }

  set accountDeletionTimeout(seconds: number) {
    if (seconds > 0) this.parts.accounts.list.deletionTimeoutMs = seconds * 1000;
  }

  /** A policy for `params.natPolicy`, under a new name. */
  createNatPolicy(fields: NatPolicyFields = {}): NatPolicy {
    return natPolicy(this.parts.random.token(15), fields);
  }

  /** Of accounts without one: `[net] nat_policy_ref`. */
  get natPolicy(): NatPolicy | null {
    return this.parts.natPolicies.default;
  }

  set natPolicy(policy: NatPolicy | null) {
    this.parts.natPolicies.default = policy;
  }

  createProxyConfig(): ProxyConfig {
    return new ProxyConfig(new Account(this.createAccountParams()));
  }

  /** -1 for null, and without server address or identity. */
  addProxyConfig(config: ProxyConfig | null): 0 | -1 {
    return config === null ? -1 : this.addAccount(config.account);
  }

  removeProxyConfig(config: ProxyConfig): void {
    this.removeAccount(config.account);
  }

  clearProxyConfig(): void {
    this.clearAccounts();
  }

  get proxyConfigList(): readonly ProxyConfig[] {
    return this.accountList.map(proxyConfigOf);
  }

  getProxyConfigByIdkey(idkey: string): ProxyConfig | null {
    const account = this.getAccountByIdkey(idkey);
    return account && proxyConfigOf(account);
  }

  get defaultProxyConfig(): ProxyConfig | null {
    return this.defaultAccount && proxyConfigOf(this.defaultAccount);
  }

  set defaultProxyConfig(config: ProxyConfig | null) {
    this.defaultAccount = config?.account ?? null;
  }

  /** -1: none. Setting a negative index means none; one past the end is ignored. */
  get defaultProxyConfigIndex(): number {
    return this.defaultAccount === null ? -1 : this.accountList.indexOf(this.defaultAccount);
  }

  set defaultProxyConfigIndex(index: number) {
    const account = index < 0 ? null : this.accountList[index];
    if (account !== undefined) this.defaultAccount = account;
  }

  /** The account to use towards `uri`; null: none fits. */
  lookupKnownProxy(uri: Address): ProxyConfig | null {
    const account = lookupKnownAccount(this.accountList, this.defaultAccount, uri);
    return account && proxyConfigOf(account);
  }

  /** What a person typed, as an address; the default account gives domain and country. */
  interpretUrl(text: string): Address | null {
    return interpretUrl(this.defaultAccount?.settings ?? null, text);
  }

  // ——— credentials ———

  get authInfoList(): readonly AuthInfo[] {
    return this.parts.authInfos.entries;
  }

  /** Stores a copy; accounts waiting for it go on. Ignored when there is no secret in it. */
  addAuthInfo(info: AuthInfo): void {
    if (!info.usable) return;
    const stored = this.parts.authInfos.add(info);
    this.credentialsAdded();
    this.parts.retryAuthentication(stored.hasToken ? undefined : (stored.username ?? undefined));
  }

  /** Removes the entry of the same user, realm and domain. */
  removeAuthInfo(info: AuthInfo): void {
    this.parts.authInfos.remove(info);
  }

  /** The entry that would answer; hashed ones of another realm included. */
  findAuthInfo(realm: string | null, username: string, domain: string | null): AuthInfo | null {
    const query = { username, realm: realm ?? undefined, domain: domain ?? undefined };
    const all = { ...query, algorithm: undefined, ignoreRealm: true };
    return this.parts.authInfos.findDigest(all) ?? null;
  }

  clearAllAuthInfo(): void {
    this.parts.authInfos.clear();
  }

  get digestAuthenticationPolicy(): { readonly allowMd5: boolean; readonly allowNoQop: boolean } {
    return this.parts.settings.digestPolicy;
  }

  set digestAuthenticationPolicy(policy: {
    readonly allowMd5: boolean;
    readonly allowNoQop: boolean;
  }) {
    this.parts.settings.digestPolicy = policy;
    this.parts.saver.changed();
  }

  /** Who else waits for credentials may go on. */
  protected abstract credentialsAdded(): void;
}
