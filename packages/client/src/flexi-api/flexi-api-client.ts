import { STATUS_CODES } from 'node:http';
import { defaultIdentityUri, type HttpHost } from '../account-creator/host.ts';
import type { CredentialsProvider } from '../http/credentials.ts';
import { HttpError } from '../http/http-error.ts';
import type { HttpResponse } from '../http/http-message.ts';
import { readErrorBody, readJson } from './error-body.ts';
import { FlexiApiError } from './flexi-api-error.ts';
import { pathSegment, type RestCall, sendRest, withSlash } from './rest-request.ts';

/** A 2xx answer. */
export interface FlexiApiResponse {
  readonly code: number;
  readonly body: string;
  /** The body as JSON; undefined when it is none. */
  json(): unknown;
}

/** Whom the calls of a client are made for. */
export interface FlexiApiClientOptions {
  /** SIP URI for the From header. Default: the identity of the core's default account. */
  readonly from?: string | undefined;
  /** Answers challenges instead of the core's auth infos. */
  readonly credentials?: CredentialsProvider | undefined;
  readonly signal?: AbortSignal | undefined;
}

type Body = NonNullable<RestCall['body']>;

/** The account an administrator creates; absent members take the server's defaults. */
export interface NewAdminAccount {
  readonly username: string;
  readonly password: string;
  readonly algorithm?: string | undefined;
  readonly domain?: string | undefined;
  readonly activated?: boolean | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly dtmfProtocol?: string | undefined;
}

/**
 * A thin client of the REST API (account-creator.md §5.1–5.2). Every method sends its request at
 * once and gives a promise of the 2xx answer, rejected with `FlexiApiError` for anything else. All
 * values travel as JSON strings.
 *
 * @example
 * const client = new FlexiApiClient(core);
 * const account = (await client.me()).json();
 */
export class FlexiApiClient {
  readonly #host: HttpHost;
  readonly #options: FlexiApiClientOptions;
  #apiKey: string | null = null;

  constructor(host: HttpHost, options: FlexiApiClientOptions = {}) {
    this.#host = host;
    this.#options = options;
  }

  /** Sent as `x-api-key` from now on; null: not sent. */
  setApiKey(key: string | null): this {
    this.#apiKey = key;
    return this;
  }

  ping(): Promise<FlexiApiResponse> {
    return this.#send('GET', 'ping');
  }

  /** For administrators: a new account creation token. */
  sendAccountCreationToken(): Promise<FlexiApiResponse> {
    return this.#send('POST', 'account_creation_tokens');
  }

  /** Has an account creation token sent by push. */
  sendAccountCreationTokenByPush(
    provider: string,
    param: string,
    prid: string,
  ): Promise<FlexiApiResponse> {
    const body = { pn_provider: provider, pn_param: param, pn_prid: prid };
    return this.#send('POST', 'account_creation_tokens/send-by-push', body);
  }

  /** JSON `token` and `validation_url`, to be opened in a browser. */
  accountCreationRequestToken(): Promise<FlexiApiResponse> {
    return this.#send('POST', 'account_creation_request_tokens');
  }

  /** JSON `token`; 404 while the request token has not been validated. */
  accountCreationTokenUsingRequestToken(requestToken: string): Promise<FlexiApiResponse> {
    const path = 'account_creation_tokens/using-account-creation-request-token';
    return this.#send('POST', path, { account_creation_request_token: requestToken });
  }

  accountCreateWithAccountCreationToken(account: {
    readonly username: string;
    readonly password: string;
    readonly token: string;
    readonly algorithm?: string | undefined;
    readonly domain?: string | undefined;
  }): Promise<FlexiApiResponse> {
    return this.#send('POST', 'accounts/with-account-creation-token', {
      username: account.username,
      domain: account.domain,
      password: account.password,
      algorithm: account.algorithm,
      account_creation_token: account.token,
    });
  }

  /** JSON `activated` and `realm`. Servers up to 2.0. */
  accountInfo(sip: string): Promise<FlexiApiResponse> {
    return this.#send('GET', `accounts/${pathSegment(sip)}/info`);
  }

  /** Servers up to 1.6. */
  accountActivateEmail(sip: string, code: string): Promise<FlexiApiResponse> {
    return this.#send('POST', `accounts/${pathSegment(sip)}/activate/email`, { code });
  }

  /** Servers up to 1.6. */
  accountActivatePhone(sip: string, code: string): Promise<FlexiApiResponse> {
    return this.#send('POST', `accounts/${pathSegment(sip)}/activate/phone`, { code });
  }

  /** JSON `token`, to be attached by a device that is logged in. */
  accountAuthTokenCreate(): Promise<FlexiApiResponse> {
    return this.#send('POST', 'accounts/auth_token');
  }

  /** JSON `api_key`, once the token is attached. */
  accountApiKeyFromAuthTokenGenerate(authToken: string): Promise<FlexiApiResponse> {
    return this.#send('GET', `accounts/me/api_key/${pathSegment(authToken)}`);
  }

  accountAuthTokenAttach(authToken: string): Promise<FlexiApiResponse> {
    return this.#send('GET', `accounts/auth_token/${pathSegment(authToken)}/attach`);
  }

  /** Servers up to 1.6 with dangerous endpoints on. */
  accountInfoByPhone(phone: string): Promise<FlexiApiResponse> {
    return this.#send('GET', `accounts/${pathSegment(phone)}/info-by-phone`);
  }

  /** Servers up to 1.6 with dangerous endpoints on. */
  accountRecoverByPhone(phone: string, token: string): Promise<FlexiApiResponse> {
    const body = { phone, account_creation_token: token };
    return this.#send('POST', 'accounts/recover-by-phone', body);
  }

  /** Servers up to 1.6 with dangerous endpoints on. */
  accountRecoverUsingRecoverKey(sip: string, key: string): Promise<FlexiApiResponse> {
    return this.#send('GET', `accounts/${pathSegment(sip)}/recover/${pathSegment(key)}`);
  }

  /** Servers up to 1.6 with dangerous endpoints on. */
  accountCreate(account: {
    readonly password: string;
    readonly algorithm?: string | undefined;
    readonly token?: string | undefined;
    readonly username?: string | undefined;
    readonly email?: string | undefined;
    readonly phone?: string | undefined;
    readonly domain?: string | undefined;
  }): Promise<FlexiApiResponse> {
    return this.#send('POST', 'accounts/public', {
      username: account.username,
      email: account.email,
      phone: account.phone,
      domain: account.domain,
      password: account.password,
      algorithm: account.algorithm ?? 'MD5',
      account_creation_token: account.token ?? '',
    });
  }

  /** The account the request is made for. */
  me(): Promise<FlexiApiResponse> {
    return this.#send('GET', 'accounts/me');
  }

  accountDelete(): Promise<FlexiApiResponse> {
    return this.#send('DELETE', 'accounts/me');
  }

  accountPasswordChange(
    algorithm: string | undefined,
    password: string,
    oldPassword?: string,
  ): Promise<FlexiApiResponse> {
    const body = { algorithm, password, old_password: oldPassword };
    return this.#send('POST', 'accounts/me/password', body);
  }

  /** JSON object of devices by uuid. */
  accountDevices(): Promise<FlexiApiResponse> {
    return this.#send('GET', 'accounts/me/devices');
  }

  accountDevice(uuid: string): Promise<FlexiApiResponse> {
    return this.#send('GET', `accounts/me/devices/${pathSegment(uuid)}`);
  }

  accountContacts(): Promise<FlexiApiResponse> {
    return this.#send('GET', 'accounts/me/contacts');
  }

  accountContact(sip: string): Promise<FlexiApiResponse> {
    return this.#send('GET', `accounts/me/contacts/${pathSegment(sip)}`);
  }

  /** Has a code sent to the address. */
  accountEmailChangeRequest(email: string): Promise<FlexiApiResponse> {
    return this.#send('POST', 'accounts/me/email/request', { email });
  }

  accountEmailChange(code: string): Promise<FlexiApiResponse> {
    return this.#send('POST', 'accounts/me/email', { code });
  }

  /** Has a code sent to the number. */
  accountPhoneChangeRequest(phone: string): Promise<FlexiApiResponse> {
    return this.#send('POST', 'accounts/me/phone/request', { phone });
  }

  accountPhoneChange(code: string): Promise<FlexiApiResponse> {
    return this.#send('POST', 'accounts/me/phone', { code });
  }

  /** The account with a fresh `provisioning_token`. */
  accountProvision(): Promise<FlexiApiResponse> {
    return this.#send('GET', 'accounts/me/provision');
  }

  /** The provisioning document of a token, which is thereby used: the account is activated. */
  async accountProvisioningInformation(token: string): Promise<FlexiApiResponse> {
    return await this.#deliver({
      method: 'GET',
      url: `${this.#rootUrl()}provisioning/${pathSegment(token)}`,
      headers: { Accept: 'application/xml', 'X-Linphone-Provisioning': '1' },
    });
  }

  adminAccountCreate(account: NewAdminAccount): Promise<FlexiApiResponse> {
    return this.#send('POST', 'accounts', {
      username: account.username,
      password: account.password,
      algorithm: account.algorithm,
      activated: account.activated === true ? '1' : '0',
      email: account.email,
      phone: account.phone,
      domain: account.domain,
      dtmf_protocol: account.dtmfProtocol,
    });
  }

  adminAccounts(): Promise<FlexiApiResponse> {
    return this.#send('GET', 'accounts');
  }

  adminAccount(id: number): Promise<FlexiApiResponse> {
    return this.#send('GET', `accounts/${id}`);
  }

  adminAccountSearch(sip: string): Promise<FlexiApiResponse> {
    return this.#send('GET', `accounts/${pathSegment(sip.replace(/^sips?:/, ''))}/search`);
  }

  adminAccountDelete(id: number): Promise<FlexiApiResponse> {
    return this.#send('DELETE', `accounts/${id}`);
  }

  /** By POST: servers refuse the GET of older clients since 1.5. */
  adminAccountActivate(id: number): Promise<FlexiApiResponse> {
    return this.#send('POST', `accounts/${id}/activate`);
  }

  adminAccountDeactivate(id: number): Promise<FlexiApiResponse> {
    return this.#send('POST', `accounts/${id}/deactivate`);
  }

  adminAccountContacts(id: number): Promise<FlexiApiResponse> {
    return this.#send('GET', `accounts/${id}/contacts`);
  }

  adminAccountContactAdd(id: number, contactId: number): Promise<FlexiApiResponse> {
    return this.#send('POST', `accounts/${id}/contacts/${contactId}`);
  }

  adminAccountContactDelete(id: number, contactId: number): Promise<FlexiApiResponse> {
    return this.#send('DELETE', `accounts/${id}/contacts/${contactId}`);
  }

  #send(method: RestCall['method'], path: string, body?: Body): Promise<FlexiApiResponse> {
    return this.#deliver({
      method,
      url: withSlash(this.#host.accountCreatorUrl ?? '') + path,
      from: this.#options.from ?? defaultIdentityUri(this.#host),
      apiKey: this.#apiKey,
      body,
    });
  }

  async #deliver(call: RestCall): Promise<FlexiApiResponse> {
    const { credentials, signal } = this.#options;
    let response: HttpResponse;
    try {
      response = await sendRest(this.#host, { ...call, credentials, signal });
    } catch (cause) {
      if (!(cause instanceof HttpError)) throw cause;
      throw new FlexiApiError('flexi-api-unreachable', cause.message, { cause });
    }
    const { status } = response;
    const body = response.text();
    if (status >= 200 && status < 300) return { code: status, body, json: () => readJson(body) };
    const { message = '', parameterErrors = null } = readErrorBody(body) ?? {};
    throw new FlexiApiError('flexi-api-status', message || (STATUS_CODES[status] ?? ''), {
      status,
      body,
      parameterErrors,
    });
  }

  /** The URL without its first `/api`: where provisioning is served. */
  #rootUrl(): string {
    const url = withSlash(this.#host.accountCreatorUrl ?? '');
    if (!url.includes('/api')) {
      throw new FlexiApiError('flexi-api-no-root-url', 'the account creator URL has no /api');
    }
    return url.replace('/api', '');
  }
}
