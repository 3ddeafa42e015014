import { isObject, textMember } from '../../flexi-api/error-body.ts';
import { FlexiApiClient } from '../../flexi-api/flexi-api-client.ts';
import { FlexiApiError } from '../../flexi-api/flexi-api-error.ts';
import type { AccountCreator } from '../account-creator.ts';
import type { AccountCreatorResult } from '../account-creator-call.ts';
import { AccountCreatorStatus as Status } from '../enums.ts';
import {
  defaultAccountClient,
  flexiApiAction,
  ownClient,
  publicClient,
  standardErrors,
  succeeded,
} from './flexi-api-action.ts';
import { randomPassword, randomUsername } from './random-credentials.ts';

const creationErrors = {
  401: Status.RequestNotAuthorized,
  403: Status.RequestNotAuthorized,
  422: Status.MissingArguments,
  otherwise: Status.UnexpectedError,
};

/**
 * Asks for the account's own page in its name, without credentials: servers answer 401 when it
 * exists and 404 when it does not. (The public information page is gone since 2.1.)
 */
export const isAccountExist = flexiApiAction({
  request: 'isAccountExist',
  errors: {
    401: Status.AccountExist,
    403: Status.AccountExist,
    404: Status.AccountNotExist,
    otherwise: Status.UnexpectedError,
  },
  prepare(creator) {
    creator.fillFromAssistant();
    const { username, domain, core, signal } = creator;
    if (username === null || domain === null) return undefined;
    const from = creator.identity?.asStringUriOnly();
    const client = new FlexiApiClient(core, { from, signal, credentials: nobody });
    return async () => succeeded(Status.AccountExist, await client.me());
  },
});

const nobody = { find: () => undefined };

/** With an account creation token; a password that is missing is generated and kept. */
export const createAccount = flexiApiAction({
  request: 'createAccount',
  errors: creationErrors,
  prepare(creator) {
    creator.fillFromAssistant();
    const { username, domain, token } = creator;
    if (username === null || domain === null || !token) return undefined;
    const password = creator.password ?? randomPassword();
    creator.adopt({ password });
    const algorithm = creator.algorithm ?? 'MD5';
    const account = { username, domain, password, algorithm, token };
    const client = publicClient(creator);
    return async () =>
      succeeded(Status.AccountCreated, await client.accountCreateWithAccountCreationToken(account));
  },
});

/** With generated name and password, which stay on the creator; activated by provisioning. */
export const createPushAccount = flexiApiAction({
  request: 'createPushAccount',
  missing: 'Missing required parameter (domain, token or algorithm)',
  errors: { ...creationErrors, 401: Status.UnexpectedError, 403: Status.UnexpectedError },
  prepare(creator) {
    const { domain, token, algorithm } = creator;
    if (domain === null || !token || algorithm === null) return undefined;
    const username = randomUsername();
    const password = randomPassword();
    return async () => {
      const account = { username, password, algorithm, token };
      await publicClient(creator).accountCreateWithAccountCreationToken(account);
      creator.adopt({ username, password });
      return await activateByProvisioning(creator);
    };
  },
});

async function activateByProvisioning(creator: AccountCreator): Promise<AccountCreatorResult> {
  try {
    const client = ownClient(creator);
    const provision = await client.accountProvision();
    const token = textMember(provision.json(), 'provisioning_token');
    if (token === undefined) return succeeded(Status.AccountNotCreated, provision);
    return succeeded(Status.AccountCreated, await client.accountProvisioningInformation(token));
  } catch (error) {
    if (!(error instanceof FlexiApiError) || error.code === 'flexi-api-unreachable') throw error;
    return { status: Status.AccountNotCreated, response: error.body };
  }
}

/** As the core's default account; the fields only say which account is meant. */
export const deleteAccount = flexiApiAction({
  request: 'deleteAccount',
  prepare(creator) {
    if (creator.user === null || creator.password === null) return undefined;
    creator.fillFromAssistant();
    const client = defaultAccountClient(creator);
    return async () => succeeded(Status.RequestOk, await client.accountDelete());
  },
});

/** Confirms the phone number with the code of the SMS, which activates the account too. */
export const activatePhoneAccount = flexiApiAction({
  request: 'activateAccount',
  prepare(creator) {
    const { phoneNumber, activationCode, username } = creator;
    if (!phoneNumber || activationCode === null || username === null) return undefined;
    creator.fillFromAssistant();
    const client = ownClient(creator);
    return async () =>
      succeeded(Status.AccountActivated, await client.accountPhoneChange(activationCode));
  },
});

/** Confirms the email address with the code of the mail, which activates the account too. */
export const activateEmailAccount = flexiApiAction({
  request: 'activateAccount',
  prepare(creator) {
    const { activationCode, username } = creator;
    if (activationCode === null || username === null) return undefined;
    creator.fillFromAssistant();
    const client = ownClient(creator);
    return async () =>
      succeeded(Status.AccountActivated, await client.accountEmailChange(activationCode));
  },
});

/** Needs the account's credentials, in the core or in the creator. */
export const isAccountActivated = flexiApiAction({
  request: 'isAccountActivated',
  errors: { ...standardErrors, 401: Status.RequestNotAuthorized },
  prepare(creator) {
    if (creator.identity === null) return undefined;
    creator.fillFromAssistant();
    const client = ownClient(creator);
    return async () => {
      const response = await client.me();
      const account = response.json();
      const activated = isObject(account) && account['activated'] === true;
      return succeeded(activated ? Status.AccountActivated : Status.AccountNotActivated, response);
    };
  },
});

/** The new password and the old one in their places (D12). */
export const updateAccount = flexiApiAction({
  request: 'updateAccount',
  prepare(creator) {
    const { wantedPassword, password } = creator;
    if (creator.identity === null || creator.effectiveDomain === null) return undefined;
    if (wantedPassword === null || creator.currentHa1 === null) return undefined;
    creator.fillFromAssistant();
    const algorithm = creator.algorithm ?? undefined;
    const client = defaultAccountClient(creator);
    return async () => {
      const old = password ?? undefined;
      const response = await client.accountPasswordChange(algorithm, wantedPassword, old);
      return succeeded(Status.RequestOk, response);
    };
  },
});
