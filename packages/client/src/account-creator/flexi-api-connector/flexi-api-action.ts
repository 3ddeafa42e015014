import { serializeUri, sipUri } from '@dialtone/sip';
import { FlexiApiClient } from '../../flexi-api/flexi-api-client.ts';
import type { FlexiApiResponse } from '../../flexi-api/flexi-api-client.ts';
import { FlexiApiError } from '../../flexi-api/flexi-api-error.ts';
import type { CredentialsProvider } from '../../http/credentials.ts';
import type { AccountCreator } from '../account-creator.ts';
import type { AccountCreatorResult } from '../account-creator-call.ts';
import type { AccountCreatorRequestFunc } from '../account-creator-service.ts';
import { AccountCreatorStatus } from '../enums.ts';
import { defaultIdentityUri } from '../host.ts';
import { missingParameters } from '../missing-parameters.ts';
import type { AccountCreatorRequest } from '../requests.ts';

/** Which status an HTTP status other than 2xx stands for. */
export type ErrorTable = Readonly<Record<number, AccountCreatorStatus>> & {
  readonly otherwise: AccountCreatorStatus;
};

/** Of most requests: account-creator.md §5.3, "std". */
export const standardErrors: ErrorTable = {
  404: AccountCreatorStatus.AccountNotExist,
  422: AccountCreatorStatus.MissingArguments,
  otherwise: AccountCreatorStatus.UnexpectedError,
};

/** One request of the account creator over the REST API. */
export interface FlexiApiAction {
  readonly request: AccountCreatorRequest;
  /** Default `standardErrors`. */
  readonly errors?: ErrorTable;
  /** Response text of `MissingArguments`. */
  readonly missing?: string;
  /**
   * Checks the fields and fills them from `[assistant]`, in the order that this request does it;
   * undefined when a field is missing.
   */
  prepare(creator: AccountCreator): (() => Promise<AccountCreatorResult>) | undefined;
}

/**
 * The request function of an action. Without answer from the server it ends as `RequestFailed`
 * (D8); once the creator is disposed of it ends unheard (D7).
 */
export function flexiApiAction(action: FlexiApiAction): AccountCreatorRequestFunc {
  const { request: name, errors = standardErrors } = action;
  return (creator) => {
    const perform = action.prepare(creator);
    if (perform === undefined) return missingParameters(creator, name, action.missing);
    const notify = creator.begin(name);
    void (async () => {
      const { status, response } = await perform().catch((error: unknown) =>
        failure(errors, error),
      );
      notify(status, response);
    })();
    return AccountCreatorStatus.RequestOk;
  };
}

function failure(errors: ErrorTable, error: unknown): AccountCreatorResult {
  if (!(error instanceof FlexiApiError)) throw error;
  if (error.code !== 'flexi-api-status') {
    return { status: AccountCreatorStatus.RequestFailed, response: null };
  }
  return { status: errors[error.status] ?? errors.otherwise, response: error.body };
}

/** The result of a request that succeeded. */
export function succeeded(
  status: AccountCreatorStatus,
  response: FlexiApiResponse,
): AccountCreatorResult {
  return { status, response: response.body };
}

/** A client for requests that need no account. */
export function publicClient(creator: AccountCreator): FlexiApiClient {
  return new FlexiApiClient(creator.core, { signal: creator.signal });
}

/** A client that acts as the core's default account, else as the account of the creator. */
export function defaultAccountClient(creator: AccountCreator): FlexiApiClient {
  const from = defaultIdentityUri(creator.core);
  return from === undefined ? ownClient(creator) : clientAs(creator, from);
}

/** A client that acts as the account of the creator. */
export function ownClient(creator: AccountCreator): FlexiApiClient {
  const { user, effectiveDomain } = creator;
  if (user === null || effectiveDomain === null) return publicClient(creator);
  return clientAs(creator, serializeUri(sipUri({ user, host: effectiveDomain })));
}

function clientAs(creator: AccountCreator, from: string): FlexiApiClient {
  const { core, signal } = creator;
  return new FlexiApiClient(core, { from, signal, credentials: credentialsOf(creator) });
}

/** The core's credentials, then those of the creator for its own account. */
function credentialsOf(creator: AccountCreator): CredentialsProvider {
  const { httpCredentials: core } = creator.core;
  const { user, password, ha1, algorithm, effectiveDomain } = creator;
  return {
    find: (query) => {
      const known = core.find(query);
      if (known !== undefined || user === null || query.username !== user) return known;
      if (password !== null) return { username: user, password };
      if (ha1 === null) return undefined;
      return {
        username: user,
        ha1,
        algorithm: algorithm ?? 'MD5',
        realm: effectiveDomain ?? undefined,
      };
    },
    findBearer: (query) => core.findBearer?.(query),
    storeTokens: (old, tokens) => core.storeTokens?.(old, tokens),
  };
}
