import { stringStruct } from '@dialtone/contract';
import { describe, expect, it } from 'vitest';
import { AccountCreator } from '../account-creator.ts';
import { AccountCreatorStatus as Status } from '../enums.ts';
import { computeAccountHa1 } from '../ha1.ts';
import type { AccountCreatorRequest } from '../requests.ts';
import { type FakeHost, httpResponse, serveXmlRpc } from '../testing/fake-host.ts';
import { everything, type Filled, setUp } from '../testing/filled-creator.ts';
import { xmlRpcConnector } from './xml-rpc-connector.ts';

const ha1 = computeAccountHa1('alice', 'pass', 'example.org', null);

/** Every field but these. */
function without(...fields: (keyof Filled)[]): Filled {
  return Object.fromEntries(
    Object.entries(everything).filter(([field]) => !(fields as string[]).includes(field)),
  );
}

describe('calls to the XML-RPC server', () => {
  const agent = 'DialtoneTest/1.0';
  const newHa1 = computeAccountHa1('alice', 'better', 'example.org', null);
  it.each<[AccountCreatorRequest, string, readonly string[]]>([
    ['isAccountExist', 'get_phone_number_for_account', ['alice', 'example.org']],
    [
      'createAccount',
      'create_phone_account',
      ['+33612345678', 'alice', ha1, agent, 'example.org', '', ''],
    ],
    [
      'activateAccount',
      'activate_phone_account',
      ['+33612345678', 'alice', '1234', 'example.org', ''],
    ],
    ['isAccountActivated', 'is_account_activated', ['alice', 'example.org', '']],
    ['linkAccount', 'link_phone_number_with_account', ['+33612345678', 'alice', 'example.org', '']],
    [
      'activateAlias',
      'activate_phone_number_link',
      ['+33612345678', 'alice', '1234', ha1, 'example.org', ''],
    ],
    ['isAliasUsed', 'is_phone_number_used', ['+33612345678', 'example.org']],
    ['isAccountLinked', 'get_phone_number_for_account', ['alice', 'example.org']],
    ['recoverAccount', 'recover_phone_account', ['+33612345678', 'example.org', '']],
    [
      'loginLinphoneAccount',
      'recover_account_from_confirmation_key',
      ['alice', '1234', 'example.org', ''],
    ],
    ['updateAccount', 'update_hash', ['alice', ha1, newHa1, 'example.org', '']],
    ['getConfirmationKey', 'get_confirmation_key', ['alice', ha1, 'example.org', '']],
    ['deleteAccount', 'delete_account', ['alice', 'pass', 'example.org', '']],
  ])('%s is %s', async (name, method, args) => {
    const { host, creator } = setUp(everything);
    const calls = serveXmlRpc(host, () => 'OK');
    await creator.request(name).done;
    expect(calls).toEqual([{ method, args }]);
  });

  it('create by email when there is no phone number, with domain and algorithm filled in', async () => {
    const { host, creator } = setUp(
      { username: 'alice', email: 'alice@mail.example.org', password: 'pass' },
      { 'assistant/domain': 'example.org', 'assistant/algorithm': 'SHA-256' },
    );
    const calls = serveXmlRpc(host, () => 'OK');
    await creator.request('createAccount').done;
    const sha256 = computeAccountHa1('alice', 'pass', 'example.org', 'SHA-256');
    expect(calls).toEqual([
      {
        method: 'create_email_account',
        args: ['alice', 'alice@mail.example.org', sha256, agent, 'example.org', 'SHA-256'],
      },
    ]);
  });

  it('create by phone without username and password', async () => {
    const { host, creator } = setUp({ phone: '+33612345678', domain: 'example.org' });
    creator.setLanguage('fr');
    const calls = serveXmlRpc(host, () => 'OK');
    await creator.request('createAccount').done;
    expect(calls[0]?.args).toEqual(
      ['+33612345678', '+33612345678', '', agent, 'example.org', 'fr', ''], //
    );
  });

  it('activate by email when the application installs that function', async () => {
    const { host, service, creator } = setUp({ ...everything });
    service.activateAccountCb = xmlRpcConnector.activateEmailAccount;
    const calls = serveXmlRpc(host, () => ha1);
    expect(await creator.request('activateAccount').done).toMatchObject({
      status: Status.AccountActivated,
    });
    expect(calls).toEqual([
      { method: 'activate_email_account', args: ['alice', '1234', 'example.org', ''] },
    ]);
  });
});

describe('effects of answers on the creator', () => {
  it('an alias gives the phone number, an error text does not', async () => {
    const { host, creator } = setUp({ username: 'alice', domain: 'example.org' });
    serveXmlRpc(host, () => 'ERROR_USERNAME_PARAMETER_NOT_FOUND');
    await creator.request('isAccountExist').done;
    expect(creator.phoneNumber).toBeNull();
    serveXmlRpc(host, () => '+33612345678');
    await creator.request('isAccountExist').done;
    expect(creator.phoneNumber).toBe('+33612345678');
  });

  it('activation gives the hash, recovery the name, a key request the code', async () => {
    const { host, creator } = setUp(everything);
    serveXmlRpc(host, ({ method }) =>
      method === 'recover_phone_account' ? 'bob' : 'fedcba9876543210',
    );
    await creator.request('activateAccount').done;
    expect(creator.ha1).toBe('fedcba9876543210');
    await creator.request('getConfirmationKey').done;
    expect(creator.activationCode).toBe('fedcba9876543210');
    await creator.request('recoverAccount').done;
    expect(creator.username).toBe('bob');
  });

  it('account-creator D16: login reads hash and algorithm by name, in any order', async () => {
    const { host, creator } = setUp(everything);
    serveXmlRpc(host, () => stringStruct({ algorithm: 'SHA-256', password: 'cafe' }));
    const { status, response } = await creator.request('loginLinphoneAccount').done;
    expect(status).toBe(Status.RequestOk);
    expect(response).toContain('<name>password</name>');
    expect([creator.ha1, creator.algorithm]).toEqual(['cafe', 'SHA-256']);
  });

  it('login with credentials that lack the hash is unexpected', async () => {
    const { host, creator } = setUp(everything);
    serveXmlRpc(host, () => stringStruct({ algorithm: 'MD5' }));
    expect(await creator.request('loginLinphoneAccount').done).toMatchObject({
      status: Status.UnexpectedError,
    });
  });
});

describe('a missing field ends a request as MissingArguments, returned and notified', () => {
  it.each<[string, AccountCreatorRequest, Filled]>([
    ['62: username and phone', 'isAccountExist', without('username', 'phone')],
    ['63: username', 'createAccount', without('username', 'phone')],
    ['63: email', 'createAccount', without('email', 'phone')],
    ['63: password', 'createAccount', without('password', 'phone')],
    ['64: phone and email', 'createAccount', without('phone', 'email')],
    ['65: username and phone', 'isAccountActivated', without('username', 'phone')],
    ['66: code', 'activateAccount', without('code')],
    ['66: phone', 'activateAccount', without('phone')],
    ['67: username', 'linkAccount', without('username')],
    ['67: phone', 'linkAccount', without('phone')],
    ['68: username', 'activateAlias', without('username')],
    ['68: code', 'activateAlias', without('code')],
    ['68: password', 'activateAlias', without('password')],
    ['68: phone', 'activateAlias', without('phone')],
    ['69: phone and username', 'isAliasUsed', without('phone', 'username')],
    ['70: username', 'isAccountLinked', without('username')],
    ['71: phone', 'recoverAccount', without('phone')],
    ['72: username and phone', 'updateAccount', without('username', 'phone')],
    ['72: password', 'updateAccount', without('password')],
    ['72: new password', 'updateAccount', without('newPassword')],
    ['login: code', 'loginLinphoneAccount', without('code')],
    ['alias: phone', 'isAliasUsed', without('phone')],
  ])('account-creator 62–72: %s (%s)', async (_, name, filled) => {
    const { host, creator } = setUp(filled);
    const { provisional, done } = creator.request(name);
    expect(provisional).toBe(Status.MissingArguments);
    expect(await done).toEqual({
      status: Status.MissingArguments,
      response: 'Missing required parameters',
    });
    expect(host.requests).toEqual([]);
  });

  it('account-creator 66: the email form of activation needs the username', () => {
    const { service, creator } = setUp(without('username'));
    service.activateAccountCb = xmlRpcConnector.activateEmailAccount;
    const heard: number[] = [];
    creator.addListener({ onActivateAccount: (_, status) => heard.push(status) });
    expect(creator.activateAccount()).toBe(Status.MissingArguments);
    expect(heard).toEqual([Status.MissingArguments]);
  });
});

describe('requests that get no answer', () => {
  it('without session are RequestFailed and notify nobody', async () => {
    const { host } = setUp();
    const creator = new AccountCreator(host);
    creator.setUsername('alice');
    let heard = 0;
    creator.addListener({ onIsAccountExist: () => (heard += 1) });
    expect(creator.isAccountExist()).toBe(Status.RequestFailed);
    expect(heard).toBe(0);
    expect(await creator.request('isAccountExist').done).toEqual({
      status: Status.RequestFailed,
      response: null,
    });
  });

  it('to a URL that cannot be parsed fail during the call, provisionally RequestOk', () => {
    const { host } = setUp();
    const creator = new AccountCreator(host, 'not a url');
    creator.setUsername('alice');
    const heard: unknown[] = [];
    creator.addListener({
      onIsAccountExist: (_, status, response) => heard.push([status, response]),
    });
    expect(creator.isAccountExist()).toBe(Status.RequestOk);
    expect(heard).toEqual([[Status.RequestFailed, null]]);
  });

  it.each<[string, (host: FakeHost) => void]>([
    ['transport errors', () => {}],
    [
      'other HTTP statuses',
      (host) => {
        host.answer = () => httpResponse(201, 'OK');
      },
    ],
    [
      'unexpected XML',
      (host) => {
        host.answer = () => httpResponse(200, '<html/>');
      },
    ],
    [
      'integers',
      (host) => {
        serveXmlRpc(host, () => ({ kind: 'int', value: 1 }));
      },
    ],
    [
      'empty texts',
      (host) => {
        serveXmlRpc(host, () => '');
      },
    ],
    [
      'bare texts',
      (host) => {
        serveXmlRpc(host, () => ({ kind: 'text', value: 'OK' }));
      },
    ],
  ])('but %s end as RequestFailed without response', async (_, prepare) => {
    const { host, creator } = setUp(everything);
    prepare(host);
    expect(await creator.request('createAccount').done).toEqual({
      status: Status.RequestFailed,
      response: null,
    });
  });
});
