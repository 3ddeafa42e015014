import { STATUS_CODES } from 'node:http';
import type { HttpHost } from '../account-creator/host.ts';
import { readErrorBody, readJson } from '../flexi-api/error-body.ts';
import { type RestCall, sendRest } from '../flexi-api/rest-request.ts';
import { HttpError } from '../http/http-error.ts';
import type { HttpResponse } from '../http/http-message.ts';
import { ListenerList } from '../listener-list.ts';
import { type AccountDevice, readDevices } from './account-device.ts';
import { AccountManagerServicesRequestType } from './request-type.ts';

/** Told once per submission, when it is over. */
export interface AccountManagerServicesRequestListener {
  /** `data` is what the request asked for; null when it asks for nothing, or got nothing. */
  onRequestSuccessful?(request: AccountManagerServicesRequest, data: string | null): void;
  /**
   * `statusCode` is that of HTTP, 0 when there was no answer; `parameterErrors` has the first
   * message of each field, null when the refusal is not about fields.
   */
  onRequestError?(
    request: AccountManagerServicesRequest,
    statusCode: number,
    errorMessage: string,
    parameterErrors: ReadonlyMap<string, string> | null,
  ): void;
  /** For `GetDevicesList`, before `onRequestSuccessful`. */
  onDevicesListFetched?(
    request: AccountManagerServicesRequest,
    devices: readonly AccountDevice[],
  ): void;
}

/** How a submission ended. */
export type AccountManagerServicesOutcome =
  | {
      readonly ok: true;
      readonly data: string | null;
      /** For `GetDevicesList`. */
      readonly devices: readonly AccountDevice[] | null;
    }
  | {
      readonly ok: false;
      readonly statusCode: number;
      readonly errorMessage: string;
      readonly parameterErrors: ReadonlyMap<string, string> | null;
    };

/** What makes one kind of request: made by `AccountManagerServices`. */
export interface RequestDefinition {
  readonly type: AccountManagerServicesRequestType;
  readonly call: RestCall;
  /** Takes `data` from the JSON of a success; absent when the body does not matter. */
  readonly data?: (json: unknown) => string | null;
}

/** A request to the account server; may be submitted again. */
export class AccountManagerServicesRequest {
  static readonly Type = AccountManagerServicesRequestType;

  readonly type: AccountManagerServicesRequestType;
  readonly #host: HttpHost;
  readonly #definition: RequestDefinition;
  readonly #listeners = new ListenerList<AccountManagerServicesRequestListener>();

  constructor(host: HttpHost, definition: RequestDefinition) {
    this.type = definition.type;
    this.#host = host;
    this.#definition = definition;
  }

  addListener(listener: AccountManagerServicesRequestListener): void {
    this.#listeners.add(listener);
  }

  removeListener(listener: AccountManagerServicesRequestListener): void {
    this.#listeners.remove(listener);
  }

  /** The listener being told right now; null otherwise. */
  get currentListener(): AccountManagerServicesRequestListener | null {
    return this.#listeners.current;
  }

  /**
   * Sends the request. The promise and the listeners get the same outcome, exactly one (D14); it
   * never rejects. An unusable URL ends the request during this call.
   */
  submit(): Promise<AccountManagerServicesOutcome> {
    if (!URL.canParse(this.#definition.call.url)) {
      return Promise.resolve(this.#conclude(failed(0, 'Bad URI')));
    }
    return this.#exchange();
  }

  async #exchange(): Promise<AccountManagerServicesOutcome> {
    let response: HttpResponse;
    try {
      response = await sendRest(this.#host, this.#definition.call);
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      return this.#conclude(failed(0, error.message));
    }
    return this.#conclude(readOutcome(this.#definition, response));
  }

  #conclude(outcome: AccountManagerServicesOutcome): AccountManagerServicesOutcome {
    this.#listeners.notify((listener) => {
      if (!outcome.ok) {
        const { statusCode, errorMessage, parameterErrors } = outcome;
        listener.onRequestError?.(this, statusCode, errorMessage, parameterErrors);
        return;
      }
      if (outcome.devices !== null) listener.onDevicesListFetched?.(this, outcome.devices);
      listener.onRequestSuccessful?.(this, outcome.data);
    });
    return outcome;
  }
}

function readOutcome(
  definition: RequestDefinition,
  response: HttpResponse,
): AccountManagerServicesOutcome {
  const { status } = response;
  const body = isJson(response) ? response.text() : undefined;
  if (status < 200 || status > 299) {
    const error = body === undefined ? undefined : readErrorBody(body);
    return error === undefined
      ? failed(status, STATUS_CODES[status] ?? '')
      : failed(status, error.message, error.parameterErrors);
  }
  const wantsDevices = definition.type === AccountManagerServicesRequestType.GetDevicesList;
  if (definition.data === undefined && !wantsDevices)
    return { ok: true, data: null, devices: null };
  if (body === undefined) return failed(status, 'Invalid Content-Type in response');
  const json = readJson(body);
  const devices = wantsDevices ? readDevices(json) : null;
  if (wantsDevices && devices === null) return failed(status, 'Invalid devices list in response');
  return { ok: true, data: definition.data?.(json) ?? null, devices };
}

function isJson(response: HttpResponse): boolean {
  return /^application\/json\s*(;|$)/i.test(response.headers.get('content-type') ?? '');
}

function failed(
  statusCode: number,
  errorMessage: string,
  parameterErrors: ReadonlyMap<string, string> | null = null,
): AccountManagerServicesOutcome {
  return { ok: false, statusCode, errorMessage, parameterErrors };
}
