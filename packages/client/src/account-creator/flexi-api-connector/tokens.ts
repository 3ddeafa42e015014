import { AccountCreatorStatus as Status } from '../enums.ts';
import { flexiApiAction, publicClient, succeeded } from './flexi-api-action.ts';

/** The token itself arrives by push. */
export const requestAuthToken = flexiApiAction({
  request: 'requestAuthToken',
  errors: {
    422: Status.MissingArguments,
    429: Status.RequestTooManyRequests,
    otherwise: Status.UnexpectedError,
  },
  prepare(creator) {
    const { pnProvider, pnParam, pnPrid } = creator;
    if (pnProvider === null || pnParam === null || pnPrid === null) return undefined;
    const client = publicClient(creator);
    return async () =>
      succeeded(
        Status.RequestOk,
        await client.sendAccountCreationTokenByPush(pnProvider, pnParam, pnPrid),
      );
  },
});

/** The response is JSON with `token` and `validation_url`. */
export const requestAccountCreationRequestToken = flexiApiAction({
  request: 'requestAccountCreationRequestToken',
  errors: {
    403: Status.ServerError,
    404: Status.ServerError,
    otherwise: Status.UnexpectedError,
  },
  prepare(creator) {
    const client = publicClient(creator);
    return async () => succeeded(Status.RequestOk, await client.accountCreationRequestToken());
  },
});

/** The response is JSON with `token`; RequestFailed while nobody has validated: ask again later. */
export const requestAccountCreationTokenUsingRequestToken = flexiApiAction({
  request: 'requestAccountCreationTokenUsingRequestToken',
  errors: {
    403: Status.ServerError,
    404: Status.RequestFailed,
    422: Status.MissingArguments,
    otherwise: Status.UnexpectedError,
  },
  prepare(creator) {
    const token = creator.accountCreationRequestToken;
    if (token === null) return undefined;
    const client = publicClient(creator);
    return async () =>
      succeeded(Status.RequestOk, await client.accountCreationTokenUsingRequestToken(token));
  },
});
