import { afterEach, describe, expect, it } from 'vitest';
import {
  type RestRoutes,
  type RestServer,
  startRestServer,
} from '../../flexi-api/testing/rest-server.ts';
import { httpResponse } from '../testing/fake-host.ts';
import { AccountCreator } from '../account-creator.ts';
import type { AccountCreatorService } from '../account-creator-service.ts';
import { AccountCreatorStatus as Status } from '../enums.ts';
import { createFlexiApiService, flexiApiConnector } from './flexi-api-connector.ts';
import { randomPassword, randomUsername } from './random-credentials.ts';

let server: RestServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** A creator of alice, whose credentials the server knows, in a domain filled from `[assistant]`. */
async function setUp(routes: RestRoutes, change?: (service: AccountCreatorService) => void) {
  server = await startRestServer(routes);
  const { host, received } = server;
  for (const section of ['assistant', 'proxy_default_values']) host.config.removeSection(section);
  host.config.setString('assistant', 'domain', 'sip.example.org');
  host.config.setString('proxy_default_values', 'reg_identity', 'sip:user@sip.example.org');
  const service = createFlexiApiService();
  change?.(service);
  host.accountCreatorService = service;
  const creator = new AccountCreator(host);
  creator.setUsername('alice');
  creator.setPassword('secret');
  return { host, received, creator };
}

const refused = (status: number) => ({ status, json: { message: '' } });

describe('the account creator over the REST API', () => {
  it('account-creator 73: finds an existing account', async () => {
    const { creator } = await setUp({});
    expect(await creator.request('isAccountExist').done).toMatchObject({
      status: Status.AccountExist,
    });
    creator.setUsername('nobody');
    expect(await creator.request('isAccountExist').done).toMatchObject({
      status: Status.AccountNotExist,
    });
  });

  it('account-creator 74: the domain is filled in for an account that is unknown there', async () => {
    const { creator } = await setUp({});
    creator.setUsername('nobody');
    creator.setPassword(null);
    expect(await creator.request('isAccountActivated').done).toMatchObject({
      status: Status.AccountNotExist,
    });
    expect(creator.domain).toBe('sip.example.org');
  });

  it.each([
    [true, Status.AccountActivated],
    [false, Status.AccountNotActivated],
  ])('tells whether the account is activated: %s', async (activated, status) => {
    const { creator } = await setUp({ 'GET accounts/me': { json: { activated } } });
    expect(await creator.request('isAccountActivated').done).toMatchObject({ status });
  });

  it('cannot tell for an account whose password is unknown', async () => {
    const { creator } = await setUp({});
    creator.setPassword(null);
    expect(await creator.request('isAccountActivated').done).toMatchObject({
      status: Status.RequestNotAuthorized,
    });
  });

  it('account-creator 75: an account without phone is not linked', async () => {
    const { creator } = await setUp({ 'GET accounts/me': { json: { phone: null } } });
    expect(await creator.request('isAccountLinked').done).toMatchObject({
      status: Status.AccountNotLinked,
    });
  });

  it.each([
    ['', Status.AccountNotLinked],
    ['+33612345678', Status.AccountLinked],
  ])('an account with phone "%s" is linked or not', async (phone, status) => {
    const { creator } = await setUp({ 'GET accounts/me': { json: { phone } } });
    expect(await creator.request('isAccountLinked').done).toMatchObject({ status });
  });

  it('account-creator 76: deletes the account', async () => {
    const { creator, received } = await setUp(
      { 'DELETE accounts/me': { html: '1' } },
      (service) => {
        service.deleteAccountCb = flexiApiConnector.deleteAccount;
      },
    );
    expect(await creator.request('deleteAccount').done).toEqual({
      status: Status.RequestOk,
      response: '1',
    });
    expect(received[0]?.headers.from).toBe('sip:alice@sip.example.org');
  });

  it('account-creator 77: an email code of the wrong size is a missing argument', async () => {
    const { creator, received } = await setUp(
      { 'POST accounts/me/email': { status: 422, json: { errors: { code: ['4 digits'] } } } },
      (service) => {
        service.activateAccountCb = flexiApiConnector.activateEmailAccount;
      },
    );
    creator.setActivationCode('1');
    expect(await creator.request('activateAccount').done).toMatchObject({
      status: Status.MissingArguments,
    });
    expect(received[0]?.body).toEqual({ code: '1' });
  });

  it.each([
    [503, Status.UnexpectedError],
    [422, Status.MissingArguments],
    [429, Status.RequestTooManyRequests],
    [200, Status.RequestOk],
  ])('account-creator 78: a push token answered with %i is status %i', async (code, status) => {
    const { creator, received } = await setUp({
      'POST account_creation_tokens/send-by-push': refused(code),
    });
    creator.pnProvider = 'fcm';
    creator.pnParam = 'project';
    creator.pnPrid = 'device';
    expect(await creator.request('requestAuthToken').done).toMatchObject({ status });
    expect(received[0]?.body).toEqual({
      pn_provider: 'fcm',
      pn_param: 'project',
      pn_prid: 'device',
    });
  });

  it('account-creator 79: asks for a request token', async () => {
    const json = { token: 'r', validation_url: 'https://accounts.example.org/check/r' };
    const { creator } = await setUp({
      'POST account_creation_request_tokens': { status: 201, json },
    });
    const { provisional, done } = creator.request('requestAccountCreationRequestToken');
    expect(provisional).toBe(Status.RequestOk);
    expect(JSON.parse((await done).response ?? '')).toEqual(json);
  });

  it.each([
    [201, Status.RequestOk],
    [404, Status.RequestFailed],
    [422, Status.MissingArguments],
    [403, Status.ServerError],
    [500, Status.UnexpectedError],
  ])('a request token answered with %i is status %i', async (code, status) => {
    const path = 'account_creation_tokens/using-account-creation-request-token';
    const { creator } = await setUp({ [`POST ${path}`]: refused(code) });
    creator.accountCreationRequestToken = 'r';
    const { done } = creator.request('requestAccountCreationTokenUsingRequestToken');
    expect(await done).toMatchObject({ status });
  });

  it.each([
    [422, Status.MissingArguments],
    [403, Status.RequestNotAuthorized],
    [500, Status.UnexpectedError],
    [200, Status.AccountCreated],
  ])('account-creator 80: a creation answered with %i is status %i', async (code, status) => {
    const { creator } = await setUp({ 'POST accounts/with-account-creation-token': refused(code) });
    creator.token = 'token';
    expect(await creator.request('createAccount').done).toMatchObject({ status });
  });

  it('account-creator D11: creates with the token, and keeps a password it generates', async () => {
    const { creator, received } = await setUp({
      'POST accounts/with-account-creation-token': { json: {} },
    });
    creator.setPassword(null);
    creator.token = 'token';
    await creator.request('createAccount').done;
    expect(creator.password).toHaveLength(24);
    expect(received[0]?.body).toEqual({
      username: 'alice',
      domain: 'sip.example.org',
      password: creator.password,
      algorithm: 'MD5',
      account_creation_token: 'token',
    });
  });

  it('account-creator D11: what no current server offers is not implemented', async () => {
    const { creator } = await setUp({});
    creator.setPhoneNumber('0612345678', '33');
    const names = [
      'isAliasUsed',
      'recoverAccount',
      'loginLinphoneAccount',
      'getConfirmationKey',
    ] as const;
    expect(names.map((name) => creator[name]())).toEqual(
      names.map(() => Status.NotImplementedError),
    );
  });

  it('account-creator 81: a public creation without valid token is AccountNotCreated', async () => {
    const { creator } = await setUp({ 'POST accounts/public': refused(422) }, (service) => {
      service.createAccountCb = flexiApiConnector.legacy.createPublicAccount;
    });
    expect(await creator.request('createAccount').done).toMatchObject({
      status: Status.AccountNotCreated,
    });
  });

  it('account-creator 82: the pages of old servers create, look up and recover by phone', async () => {
    const passwords = [
      { algorithm: 'SHA-256', password: 'sha' },
      { algorithm: 'MD5', password: 'md5' },
    ];
    const { creator } = await setUp(
      {
        'POST accounts/public': { json: {} },
        'GET accounts/%2B33612345678/info-by-phone': { json: { phone: true } },
        'POST accounts/recover-by-phone': { json: {} },
        'GET accounts/alice%40sip.example.org/recover/1234': {
          json: { username: 'alice', passwords },
        },
      },
      (service) => {
        const { legacy } = flexiApiConnector;
        service.createAccountCb = legacy.createPublicAccount;
        service.isAliasUsedCb = legacy.isAliasUsed;
        service.recoverAccountCb = legacy.recoverAccount;
        service.loginLinphoneAccountCb = legacy.loginLinphoneAccount;
      },
    );
    creator.setPhoneNumber('0612345678', '33');
    creator.setActivationCode('1234');
    creator.token = 'token';
    expect((await creator.request('createAccount').done).status).toBe(Status.AccountCreated);
    expect((await creator.request('isAliasUsed').done).status).toBe(Status.AliasExist);
    expect((await creator.request('recoverAccount').done).status).toBe(Status.RequestOk);
    expect((await creator.request('loginLinphoneAccount').done).status).toBe(Status.RequestOk);
    expect([creator.ha1, creator.algorithm]).toEqual(['md5', 'MD5']);
  });

  it('account-creator 83: a push account has generated credentials and is activated', async () => {
    const { creator, host } = await setUp({});
    const calls: string[] = [];
    host.answer = (request) => {
      const path = String(request.url).replace(/^.*\/\/[^/]*\/flexiapi\//, '');
      calls.push(`${request.method} ${path}`);
      return httpResponse(200, JSON.stringify({ provisioning_token: 'p' }));
    };
    creator.setAlgorithm('SHA-256');
    creator.setDomain('sip.example.org');
    creator.token = 'token';
    const heard: number[] = [];
    creator.addListener({ onCreateAccount: (_, status) => heard.push(status) });
    expect(await creator.request('createPushAccount').done).toMatchObject({
      status: Status.AccountCreated,
    });
    expect(heard).toEqual([Status.AccountCreated]);
    expect(calls).toEqual([
      'POST api/accounts/with-account-creation-token',
      'GET api/accounts/me/provision',
      'GET provisioning/p',
    ]);
    expect(creator.username).toMatch(/^[a-z0-9_]{12}$/);
    expect(creator.password).toHaveLength(24);
    expect(host.requests[1]?.headers).toMatchObject({
      From: `sip:${creator.username}@sip.example.org`,
    });
  });

  it('a push account without token, domain or algorithm is refused with its own text', async () => {
    const { creator } = await setUp({});
    expect(await creator.request('createPushAccount').done).toEqual({
      status: Status.MissingArguments,
      response: 'Missing required parameter (domain, token or algorithm)',
    });
  });

  it('account-creator D12: a password change sends new and old in their places', async () => {
    const { creator, received } = await setUp({ 'POST accounts/me/password': { json: {} } });
    creator.newPassword = 'better';
    expect((await creator.request('updateAccount').done).status).toBe(Status.RequestOk);
    expect(received[0]?.body).toEqual({ password: 'better', old_password: 'secret' });
  });

  it('links a phone number and confirms it', async () => {
    const { creator, received } = await setUp({
      'POST accounts/me/phone/request': { html: '' },
      'POST accounts/me/phone': { json: {} },
    });
    creator.setPhoneNumber('0612345678', '33');
    creator.setActivationCode('1234');
    expect((await creator.request('linkAccount').done).status).toBe(Status.RequestOk);
    expect((await creator.request('activateAlias').done).status).toBe(Status.AccountActivated);
    expect((await creator.request('activateAccount').done).status).toBe(Status.AccountActivated);
    expect(received.map(({ body }) => body)).toEqual([
      { phone: '+33612345678' },
      { code: '1234' },
      { code: '1234' },
    ]);
  });

  it('account-creator D8: a server that is not there is RequestFailed', async () => {
    const { creator } = await setUp({});
    await server?.close();
    server = undefined;
    expect(await creator.request('requestAccountCreationRequestToken').done).toEqual({
      status: Status.RequestFailed,
      response: null,
    });
  });

  it('account-creator D13: generated credentials use their whole alphabet and length', () => {
    const names = Array.from({ length: 300 }, randomUsername);
    const passwords = Array.from({ length: 300 }, randomPassword).join('');
    expect(names.every((name) => /^[a-z0-9_]{12}$/.test(name))).toBe(true);
    expect(new Set(names).size).toBe(300);
    expect(new Set(passwords).size).toBe(78);
    expect(randomPassword()).toHaveLength(24);
  });
});
