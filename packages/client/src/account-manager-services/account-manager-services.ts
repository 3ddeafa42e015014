import type { HttpHost } from '../account-creator/host.ts';
import type { Address } from '../address/address.ts';
import { isObject, textMember } from '../flexi-api/error-body.ts';
import { pathSegment, type RestCall, withSlash } from '../flexi-api/rest-request.ts';
import type { AccountDevice } from './account-device.ts';
import { AccountManagerServicesRequest } from './account-manager-services-request.ts';
import type { RequestDefinition } from './account-manager-services-request.ts';
import { AccountManagerServicesRequestType as Type } from './request-type.ts';

/** What a request adds to the address of the server and the language. */
interface CallParts {
  readonly method: RestCall['method'];
  readonly path: string;
  readonly body?: RestCall['body'];
  /** The account that makes the request: its credentials must be in the core, itself need not. */
  readonly identity?: Address;
}

/**
 * Makes requests to the REST API of the account server at `core.accountCreatorUrl`
 * (account-creator.md §5.4). Nothing is sent before `submit()`.
 *
 * @example
 * const services = core.createAccountManagerServices();
 * const request = services.createGetDevicesListRequest(identity);
 * const outcome = await request.submit();
 */
export class AccountManagerServices {
  readonly #host: HttpHost;
  #language: string | null = null;
  /**
   * Sent as `x-api-key` with requests made from now on that are for no account: it would make those
   * for an account the administrator's own.
   */
  apiKey: string | null = null;

  constructor(host: HttpHost) {
    this.#host = host;
  }

  /** `Accept-Language` of requests made from now on. */
  get language(): string | null {
    return this.#language;
  }

  /** Null is ignored. */
  setLanguage(language: string | null): void {
    if (language !== null) this.#language = language;
  }

  /** Has an account creation token sent by push. */
  createSendAccountCreationTokenByPushRequest(provider: string, param: string, prid: string) {
    return this.#request(Type.SendAccountCreationTokenByPush, {
      method: 'POST',
      path: 'account_creation_tokens/send-by-push',
      body: { pn_provider: provider, pn_param: param, pn_prid: prid },
    });
  }

  /** Data: the URL at which a person validates the request token, else the token. */
  createGetAccountCreationRequestTokenRequest() {
    const call: CallParts = { method: 'POST', path: 'account_creation_request_tokens' };
    return this.#request(Type.AccountCreationRequestToken, call, validationUrl);
  }

  /** Data: the account creation token; 404 until the request token has been validated. */
  createGetAccountCreationTokenFromRequestTokenRequest(requestToken: string) {
    return this.#request(
      Type.AccountCreationTokenFromAccountCreationRequestToken,
      {
        method: 'POST',
        path: 'account_creation_tokens/using-account-creation-request-token',
        body: { account_creation_request_token: requestToken },
      },
      member('token'),
    );
  }

  /** Data: the SIP address of the new account. */
  createNewAccountUsingTokenRequest(
    username: string,
    password: string,
    algorithm: string,
    token: string,
  ) {
    return this.#request(
      Type.CreateAccountUsingToken,
      {
        method: 'POST',
        path: 'accounts/with-account-creation-token',
        body: { username, password, algorithm, account_creation_token: token },
      },
      sipAddress,
    );
  }

  createSendPhoneNumberLinkingCodeBySmsRequest(identity: Address, phone: string) {
    return this.#request(Type.SendPhoneNumberLinkingCodeBySms, {
      method: 'POST',
      path: 'accounts/me/phone/request',
      body: { phone },
      identity,
    });
  }

  createLinkPhoneNumberToAccountUsingCodeRequest(identity: Address, code: string) {
    return this.#request(Type.LinkPhoneNumberUsingCode, {
      method: 'POST',
      path: 'accounts/me/phone',
      body: { code },
      identity,
    });
  }

  createSendEmailLinkingCodeByEmailRequest(identity: Address, email: string) {
    return this.#request(Type.SendEmailLinkingCodeByEmail, {
      method: 'POST',
      path: 'accounts/me/email/request',
      body: { email },
      identity,
    });
  }

  createLinkEmailToAccountUsingCodeRequest(identity: Address, code: string) {
    return this.#request(Type.LinkEmailUsingCode, {
      method: 'POST',
      path: 'accounts/me/email',
      body: { code },
      identity,
    });
  }

  /** The devices come to `onDevicesListFetched` and in the outcome. */
  createGetDevicesListRequest(identity: Address) {
    return this.#request(Type.GetDevicesList, {
      method: 'GET',
      path: 'accounts/me/devices',
      identity,
    });
  }

  createDeleteDeviceRequest(identity: Address, device: Pick<AccountDevice, 'uuid'>) {
    return this.#request(Type.DeleteDevice, {
      method: 'DELETE',
      path: `accounts/me/devices/${pathSegment(device.uuid)}`,
      body: { device_uuid: device.uuid },
      identity,
    });
  }

  /** The token pushed opens the recovery page `/recovery/phone/<token>?phone=<phone>`. */
  createSendAccountRecoveryTokenByPushRequest(provider: string, param: string, prid: string) {
    return this.#request(Type.SendAccountRecoveryTokenByPush, {
      method: 'POST',
      path: 'account_recovery_tokens/send-by-push',
      body: { pn_provider: provider, pn_param: param, pn_prid: prid },
    });
  }

  /** For administrators (`apiKey`). Data: an account creation token. */
  createGetAccountCreationTokenAsAdminRequest() {
    const call: CallParts = { method: 'POST', path: 'account_creation_tokens' };
    return this.#request(Type.GetCreationTokenAsAdmin, call, member('token'));
  }

  /** For administrators (`apiKey`). Data: the pending code, of the phone number before the email. */
  createGetAccountInfoAsAdminRequest(accountId: number) {
    const call: CallParts = {
      method: 'GET',
      path: `accounts/${accountId}`,
    };
    return this.#request(Type.GetAccountInfoAsAdmin, call, pendingCode);
  }

  /** For administrators (`apiKey`). */
  createDeleteAccountAsAdminRequest(accountId: number) {
    return this.#request(Type.DeleteAccountAsAdmin, {
      method: 'DELETE',
      path: `accounts/${accountId}`,
      body: { account_id: accountId },
    });
  }

  #request(
    type: RequestDefinition['type'],
    { method, path, body, identity }: CallParts,
    data?: RequestDefinition['data'],
  ): AccountManagerServicesRequest {
    const call: RestCall = {
      method,
      url: withSlash(this.#host.accountCreatorUrl ?? '') + path,
      from: identity?.asStringUriOnly(),
      apiKey: identity === undefined ? this.apiKey : null,
      body,
      headers: this.#language === null ? {} : { 'Accept-Language': this.#language },
    };
    return new AccountManagerServicesRequest(this.#host, {
      type,
      call,
      ...(data !== undefined && { data }),
    });
  }
}

function member(name: string): (json: unknown) => string | null {
  return (json) => textMember(json, name) ?? null;
}

function validationUrl(json: unknown): string | null {
  return textMember(json, 'validation_url') ?? textMember(json, 'token') ?? null;
}

function sipAddress(json: unknown): string | null {
  const username = textMember(json, 'username');
  const domain = textMember(json, 'domain');
  return username === undefined || domain === undefined ? null : `sip:${username}@${domain}`;
}

function pendingCode(json: unknown): string | null {
  if (!isObject(json)) return null;
  const change: unknown = json['phone_change_code'] ?? json['email_change_code'];
  const code = isObject(change) ? change['code'] : undefined;
  return typeof code === 'string' || typeof code === 'number' ? String(code) : null;
}
