import type { Account } from '../account/account.ts';
import type { AccountParams } from '../account/account-params.ts';
import type { TransportType } from '../address/transport-type.ts';
import type { AuthInfo } from '../auth-info/auth-info.ts';
import type { CredentialsProvider } from '../http/credentials.ts';
import type { HttpRequest, HttpResponse } from '../http/http-message.ts';
import type { AccountCreatorService } from './account-creator-service.ts';
import type { AccountCreatorBackend } from './enums.ts';

/** The part of `ConfigStore` that is read here; values are read at every call, never cached. */
export interface ConfigReader {
  getString(section: string, key: string): string | undefined;
  getInt(section: string, key: string, defaultValue: number): number;
}

/** What XML-RPC sessions and REST clients ask of their core. */
export interface HttpHost {
  /** SIP user agent text, sent as HTTP `User-Agent` too. */
  readonly userAgent: string;
  /** `[account_creator] url`: base of the REST API; null when not set. */
  readonly accountCreatorUrl: string | null;
  /** Answers HTTP challenges from the core's auth infos. */
  readonly httpCredentials: CredentialsProvider;
  readonly defaultAccount: Account | null;
  /**
   * Sends an HTTP request with the core's TLS settings and `[sip] https_only`; challenges are
   * answered from `httpCredentials` unless the request brings its own.
   *
   * @throws HttpError when there is no response.
   */
  http(request: HttpRequest): Promise<HttpResponse>;
}

/** All that an `AccountCreator` asks of its core; `Core` is one, and tests use a small one. */
export interface AccountCreatorHost extends HttpHost {
  readonly config: ConfigReader;
  /** The service of creators made from now on; null: none of their requests is implemented. */
  readonly accountCreatorService: AccountCreatorService | null;
  readonly accountCreatorBackend: AccountCreatorBackend;
  defaultAccount: Account | null;
  isTransportSupported(transport: TransportType): boolean;
  /** Parameters from `[proxy_default_values]`. */
  createAccountParams(): AccountParams;
  createAccount(params: AccountParams): Account;
  /** -1 without identity or server address. */
  addAccount(account: Account): 0 | -1;
  addAuthInfo(info: AuthInfo): void;
}

/** URI of the default account's identity, for the From header; undefined without account. */
export function defaultIdentityUri(host: HttpHost): string | undefined {
  return host.defaultAccount?.settings.identityAddress?.asStringUriOnly();
}
