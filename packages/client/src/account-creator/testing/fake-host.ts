import {
  decodeMethodCall,
  encodeMethodResponse,
  stringValue,
  textOf,
  type XmlRpcValue,
} from '@dialtone/contract';
import { Account } from '../../account/account.ts';
import type { AccountParams } from '../../account/account-params.ts';
import { readAccountSection } from '../../account/account-section.ts';
import { TransportType } from '../../address/transport-type.ts';
import type { AuthInfo } from '../../auth-info/auth-info.ts';
import { ConfigStore } from '../../config/config-store.ts';
import type { CredentialsProvider, HttpCredentials } from '../../http/credentials.ts';
import { HttpError } from '../../http/http-error.ts';
import type { HttpRequest, HttpResponse } from '../../http/http-message.ts';
import type { AccountCreatorService } from '../account-creator-service.ts';
import { AccountCreatorBackend } from '../enums.ts';
import type { AccountCreatorHost } from '../host.ts';

/** The settings of the reference test suites (account-creator.md §1.4). */
export const referenceConfig = {
  'assistant/domain': 'sip.accounttest.org',
  'assistant/password_min_length': '3',
  'assistant/password_max_length': '12',
  'assistant/username_min_length': '3',
  'assistant/username_max_length': '22',
  'assistant/username_regex': '^[A-Za-z0-9_.\\ \\~\\-]*$',
  'proxy_default_values/reg_identity': 'sip:user@sip.accounttest.org',
  'proxy_default_values/realm': 'sip.accounttest.org',
  'proxy_default_values/reg_proxy': '<sip:sip2.linphone.org:5072>',
};

/** A core in memory: configuration as `section/key`, HTTP answered by a function. */
export class FakeHost implements AccountCreatorHost {
  readonly config: ConfigStore;
  readonly userAgent = 'DialtoneTest/1.0';
  /** What the auth infos hold for HTTP. */
  credential: HttpCredentials | undefined;
  readonly httpCredentials: CredentialsProvider = { find: () => this.credential };
  readonly accounts: Account[] = [];
  readonly authInfos: AuthInfo[] = [];
  readonly requests: HttpRequest[] = [];
  accountCreatorService: AccountCreatorService | null = null;
  accountCreatorBackend: AccountCreatorBackend = AccountCreatorBackend.XMLRPC;
  accountCreatorUrl: string | null = 'https://accounts.example.org/api/';
  defaultAccount: Account | null = null;
  answer: (request: HttpRequest) => HttpResponse | Promise<HttpResponse> = () => {
    throw new HttpError('http-io', 'no server');
  };

  constructor(values: Record<string, string> = referenceConfig) {
    this.config = ConfigStore.inMemory();
    for (const [path, value] of Object.entries(values)) {
      const [section = '', key = ''] = path.split('/');
      this.config.setString(section, key, value);
    }
  }

  async http(request: HttpRequest): Promise<HttpResponse> {
    this.requests.push(request);
    return await this.answer(request);
  }

  isTransportSupported(transport: TransportType): boolean {
    return transport !== TransportType.Dtls;
  }

  createAccountParams(): AccountParams {
    return readAccountSection(this.config, 'proxy_default_values');
  }

  createAccount(params: AccountParams): Account {
    return new Account(params);
  }

  addAccount(account: Account): 0 | -1 {
    if (account.settings.serverAddress === null) return -1;
    this.accounts.push(account);
    return 0;
  }

  addAuthInfo(info: AuthInfo): void {
    this.authInfos.push(info);
  }
}

/** A complete response, for `FakeHost.answer`. */
export function httpResponse(
  status: number,
  body = '',
  headers: Record<string, string> = { 'Content-Type': 'application/json' },
): HttpResponse {
  return {
    status,
    headers: new Headers(headers),
    body: new TextEncoder().encode(body),
    text: () => body,
    url: 'https://accounts.example.org/',
  };
}

/** A method call that the fake XML-RPC server received. */
export interface ReceivedCall {
  readonly method: string;
  readonly args: readonly (string | undefined)[];
}

/** Makes `host` answer XML-RPC calls; the calls received are in the returned list. */
export function serveXmlRpc(
  host: FakeHost,
  reply: (call: ReceivedCall) => string | XmlRpcValue,
): readonly ReceivedCall[] {
  const calls: ReceivedCall[] = [];
  host.answer = (request) => {
    const { methodName, params } = decodeMethodCall(String(request.body));
    const call = { method: methodName, args: params.map(textOf) };
    calls.push(call);
    const result = reply(call);
    const value = typeof result === 'string' ? stringValue(result) : result;
    return httpResponse(200, encodeMethodResponse(value), { 'Content-Type': 'text/xml' });
  };
  return calls;
}
