import {
  type ApiAnswer,
  type ApiBody,
  type ApiOperationName,
  type ApiParams,
  parseApiAnswer,
} from '@dialtone/contract';
import { STATUS_CODES } from 'node:http';
import type { CredentialsProvider } from '../http/credentials.ts';
import { httpRequest } from '../http/http-request.ts';
import { readErrorBody, readJson } from './error-body.ts';
import { FlexiApiError } from './flexi-api-error.ts';
import { pathSegment } from './rest-request.ts';

/** Where the API is and for whom it is called. */
export interface ApiClientOptions {
  /** Origin of the server: `https://sip.example.org`. */
  readonly server: string;
  readonly apiKey?: string | undefined;
  /** SIP URI of the account whose credentials answer challenges. */
  readonly from?: string | undefined;
  readonly credentials?: CredentialsProvider | undefined;
  /** Language of messages, as `Accept-Language`. */
  readonly language?: string | undefined;
}

/** What a call is made with: only what its operation takes. */
export type ApiCall<Name extends ApiOperationName> = (ApiBody<Name> extends undefined
  ? unknown
  : { readonly body: ApiBody<Name> }) &
  (keyof ApiParams<Name> extends never ? unknown : { readonly params: ApiParams<Name> });

/** A call of the REST API whose types follow from the name of the operation. */
export type ApiClient = <Name extends ApiOperationName>(
  name: Name,
  ...call: unknown extends ApiCall<Name> ? [] : [ApiCall<Name>]
) => Promise<ApiAnswer<Name>>;

/**
 * A client of Dialtone's own REST API, typed by the schemas of its OpenAPI document. Calls are
 * rejected with `FlexiApiError` for statuses other than 2xx, `HttpError` without an answer, and
 * `ZodError` for an answer of another shape.
 *
 * @example
 * const call = createApiClient({ server: 'https://sip.example.org', apiKey });
 * const { id } = await call('POST /api/accounts', { body: { username: 'alice', password } });
 * await call('POST /api/accounts/:id/activate', { params: { id } });
 */
export function createApiClient(options: ApiClientOptions): ApiClient {
  return async (name, ...[call]) => {
    const { params = {}, body }: LooseCall = call ?? {};
    const [method = 'GET', path = ''] = name.split(' ');
    const filled = path.replace(/:(\w+)/g, (_, key: string) => pathSegment(String(params[key])));
    const response = await httpRequest({
      url: new URL(filled, options.server),
      method,
      headers: {
        Accept: 'application/json',
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...(options.apiKey !== undefined && { 'x-api-key': options.apiKey }),
        ...(options.from !== undefined && { From: options.from }),
        ...(options.language !== undefined && { 'Accept-Language': options.language }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: options.credentials,
      timeoutMs: 30_000,
    });
    const text = response.text();
    if (response.status >= 200 && response.status < 300) {
      return parseApiAnswer(name, readJson(text));
    }
    const { message = '', parameterErrors = null } = readErrorBody(text) ?? {};
    throw new FlexiApiError('flexi-api-status', message || (STATUS_CODES[response.status] ?? ''), {
      status: response.status,
      body: text,
      parameterErrors,
    });
  };
}

interface LooseCall {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
}
