import type { XmlRpcValue } from '@dialtone/contract';
import { describe, expect, it } from 'vitest';
import type { AccountCreatorResult } from '../account-creator-call.ts';
import { AccountCreatorStatus as Status } from '../enums.ts';
import type { AccountCreatorRequest } from '../requests.ts';
import { serveXmlRpc } from '../testing/fake-host.ts';
import { everything, setUp } from '../testing/filled-creator.ts';

/** The final result when the server answers `reply`. */
async function resultOf(
  name: AccountCreatorRequest,
  reply: string | XmlRpcValue,
): Promise<AccountCreatorResult> {
  const { host, creator } = setUp(everything);
  serveXmlRpc(host, () => reply);
  const { provisional, done } = creator.request(name);
  expect(provisional).toBe(Status.RequestOk);
  return await done;
}

describe('answers of the XML-RPC server become statuses', () => {
  const rows: [AccountCreatorRequest, Record<string, Status>][] = [
    [
      'isAccountExist',
      {
        ERROR_ACCOUNT_DOESNT_EXIST: Status.AccountNotExist,
        ERROR_ALIAS_DOESNT_EXIST: Status.AccountExist,
        '+33612345678': Status.AccountExistWithAlias,
        ERROR_USERNAME_PARAMETER_NOT_FOUND: Status.RequestFailed,
      },
    ],
    [
      'createAccount',
      {
        OK: Status.AccountCreated,
        ERROR_CANNOT_SEND_SMS: Status.PhoneNumberInvalid,
        ERROR_CANT_SEND_SMS: Status.PhoneNumberInvalid,
        ERROR_MAX_SMS_EXCEEDED: Status.PhoneNumberOverused,
        ERROR_ACCOUNT_ALREADY_IN_USE: Status.AccountExist,
        ERROR_ALIAS_ALREADY_IN_USE: Status.AccountExistWithAlias,
        ERROR_ALGO_NOT_SUPPORTED: Status.AlgoNotSupported,
        ERROR_PHONE_ISNT_E164: Status.AccountNotCreated,
        NOK: Status.AccountNotCreated,
      },
    ],
    [
      'activateAccount',
      {
        ERROR_ACCOUNT_ALREADY_ACTIVATED: Status.AccountAlreadyActivated,
        ERROR_KEY_DOESNT_MATCH: Status.WrongActivationCode,
        ERROR_ALGO_NOT_SUPPORTED: Status.AlgoNotSupported,
        ERROR_ACCOUNT_DOESNT_EXIST: Status.AccountNotExist,
        ERROR_PASSWORD_NOT_FOUND: Status.AccountNotActivated,
        '0b6f7e215f1f1d2c': Status.AccountActivated,
      },
    ],
    [
      'isAccountActivated',
      {
        OK: Status.AccountActivated,
        NOK: Status.AccountNotActivated,
        ERROR_ACCOUNT_DOESNT_EXIST: Status.AccountNotActivated,
      },
    ],
    [
      'isAliasUsed',
      {
        OK_ACCOUNT: Status.AliasIsAccount,
        OK_ALIAS: Status.AliasExist,
        NOK: Status.AliasNotExist,
        ERROR_PHONE_ISNT_E164: Status.AliasNotExist,
      },
    ],
    [
      'linkAccount',
      {
        OK: Status.RequestOk,
        ERROR_CANNOT_SEND_SMS: Status.PhoneNumberInvalid,
        ERROR_CANT_SEND_SMS: Status.PhoneNumberInvalid,
        ERROR_MAX_SMS_EXCEEDED: Status.PhoneNumberOverused,
        ERROR_ACCOUNT_DOESNT_EXIST: Status.AccountNotLinked,
      },
    ],
    [
      'activateAlias',
      {
        OK: Status.AccountActivated,
        ERROR_KEY_DOESNT_MATCH: Status.AccountNotActivated,
        ERROR_ACCOUNT_DOESNT_EXIST: Status.AccountNotActivated,
      },
    ],
    [
      'isAccountLinked',
      {
        ERROR_USERNAME_PARAMETER_NOT_FOUND: Status.AccountNotLinked,
        ERROR_ACCOUNT_DOESNT_EXIST: Status.AccountNotLinked,
        ERROR_ALIAS_DOESNT_EXIST: Status.AccountNotLinked,
        '+33612345678': Status.AccountLinked,
      },
    ],
    [
      'recoverAccount',
      {
        ERROR_CANNOT_SEND_SMS: Status.PhoneNumberInvalid,
        ERROR_CANT_SEND_SMS: Status.PhoneNumberInvalid,
        ERROR_MAX_SMS_EXCEEDED: Status.PhoneNumberOverused,
        ERROR_ACCOUNT_DOESNT_EXIST: Status.AccountNotExist,
        ERROR_PHONE_ISNT_E164: Status.RequestFailed,
        alice: Status.RequestOk,
      },
    ],
    [
      'loginLinphoneAccount',
      {
        ERROR_ACCOUNT_DOESNT_EXIST: Status.AccountNotExist,
        ERROR_KEY_DOESNT_MATCH: Status.WrongActivationCode,
        ERROR_ALGO_NOT_SUPPORTED: Status.AlgoNotSupported,
        ERROR_PASSWORD_NOT_FOUND: Status.UnexpectedError,
      },
    ],
    [
      'updateAccount',
      {
        OK: Status.RequestOk,
        ERROR_ALGO_NOT_SUPPORTED: Status.AlgoNotSupported,
        ERROR_PASSWORD_DOESNT_MATCH: Status.AccountNotExist,
        ERROR_ACCOUNT_DOESNT_EXIST: Status.ServerError,
        NOK: Status.ServerError,
      },
    ],
    [
      'getConfirmationKey',
      {
        ERROR_USERNAME_PARAMETER_NOT_FOUND: Status.MissingArguments,
        ERROR_ACCOUNT_DOESNT_EXIST: Status.AccountNotExist,
        ERROR_ALGO_NOT_SUPPORTED: Status.AlgoNotSupported,
        ERROR_PASSWORD_DOESNT_MATCH: Status.RequestFailed,
        '5f1f1d2c6a7d0': Status.RequestOk,
      },
    ],
    [
      'deleteAccount',
      {
        OK: Status.RequestOk,
        ERROR_USERNAME_PARAMETER_NOT_FOUND: Status.MissingArguments,
        ERROR_ACCOUNT_DOESNT_EXIST: Status.AccountNotExist,
        ERROR_ALGO_NOT_SUPPORTED: Status.AlgoNotSupported,
        ERROR_PASSWORD_DOESNT_MATCH: Status.RequestFailed,
      },
    ],
  ];
  const vectors = rows.flatMap(([name, answers]) =>
    Object.entries(answers).map(([text, status]) => [name, text, status] as const),
  );

  it.each(vectors)('%s: %s is %i', async (name, text, status) => {
    expect(await resultOf(name, text)).toEqual({ status, response: text });
  });

  it('account-creator D10: both names of the SMS failure are understood', async () => {
    for (const text of ['ERROR_CANNOT_SEND_SMS', 'ERROR_CANT_SEND_SMS']) {
      expect(await resultOf('createAccount', text)).toMatchObject({
        status: Status.PhoneNumberInvalid,
      });
    }
  });

  it('account-creator D18: a deletion that succeeds is RequestOk', async () => {
    expect(await resultOf('deleteAccount', 'OK')).toMatchObject({ status: Status.RequestOk });
  });
});
