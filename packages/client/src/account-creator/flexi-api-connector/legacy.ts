import { isObject, textMember } from '../../flexi-api/error-body.ts';
import { AccountCreatorStatus as Status } from '../enums.ts';
import { flexiApiAction, publicClient, succeeded } from './flexi-api-action.ts';
import type { ErrorTable } from './flexi-api-action.ts';

// These ask for pages which only servers up to 1.6 have, when told to: no default service has them
// (D11).

/** Without token when there is none; by phone number when there is one. */
export const createPublicAccount = flexiApiAction({
  request: 'createAccount',
  errors: { otherwise: Status.AccountNotCreated },
  prepare(creator) {
    creator.fillFromAssistant();
    const { identity, password } = creator;
    if (identity === null || password === null) return undefined;
    const account = {
      username: creator.username ?? undefined,
      phone: creator.phoneNumber || undefined,
      email: creator.email ?? undefined,
      domain: creator.domain ?? undefined,
      algorithm: creator.algorithm ?? undefined,
      token: creator.token ?? undefined,
      password,
    };
    const client = publicClient(creator);
    return async () => succeeded(Status.AccountCreated, await client.accountCreate(account));
  },
});

const lookupErrors = (notFound: Status): ErrorTable => ({
  404: notFound,
  otherwise: Status.UnexpectedError,
});

export const isAliasUsed = flexiApiAction({
  request: 'isAliasUsed',
  errors: lookupErrors(Status.AliasNotExist),
  prepare(creator) {
    const { phoneNumber } = creator;
    if (!phoneNumber) return undefined;
    const client = publicClient(creator);
    return async () => {
      const response = await client.accountInfoByPhone(phoneNumber);
      const json = response.json();
      const isAlias = isObject(json) && json['phone'] === true;
      return succeeded(isAlias ? Status.AliasExist : Status.AliasIsAccount, response);
    };
  },
});

export const recoverAccount = flexiApiAction({
  request: 'recoverAccount',
  errors: {
    401: Status.RequestNotAuthorized,
    403: Status.RequestNotAuthorized,
    404: Status.AccountNotExist,
    otherwise: Status.UnexpectedError,
  },
  prepare(creator) {
    const { phoneNumber, token } = creator;
    if (!phoneNumber || !token) return undefined;
    const client = publicClient(creator);
    return async () =>
      succeeded(Status.RequestOk, await client.accountRecoverByPhone(phoneNumber, token));
  },
});

/** Takes the hash of the asked algorithm, else the last one. */
export const loginLinphoneAccount = flexiApiAction({
  request: 'loginLinphoneAccount',
  errors: lookupErrors(Status.AccountNotExist),
  prepare(creator) {
    const { username, activationCode } = creator;
    if (username === null || activationCode === null) return undefined;
    creator.fillFromAssistant();
    const sip = `${username}@${creator.effectiveDomain ?? ''}`;
    const client = publicClient(creator);
    return async () => {
      const response = await client.accountRecoverUsingRecoverKey(sip, activationCode);
      const json = response.json();
      const passwords = readPasswords(json);
      const wanted = passwords.find((each) => each.algorithm === (creator.algorithm ?? 'MD5'));
      const found = wanted ?? passwords.at(-1);
      if (found === undefined) return succeeded(Status.UnexpectedError, response);
      creator.adopt({ ...found, username: textMember(json, 'username') ?? username });
      return succeeded(Status.RequestOk, response);
    };
  },
});

function readPasswords(json: unknown): { readonly ha1: string; readonly algorithm: string }[] {
  const passwords: unknown = isObject(json) ? json['passwords'] : undefined;
  if (!Array.isArray(passwords)) return [];
  return passwords.flatMap((entry: unknown) => {
    const ha1 = textMember(entry, 'password');
    const algorithm = textMember(entry, 'algorithm');
    return ha1 === undefined || algorithm === undefined ? [] : [{ ha1, algorithm }];
  });
}
