import { afterEach, describe, expect, it } from 'vitest';
import { Account } from '../account/account.ts';
import { AccountParams } from '../account/account-params.ts';
import { Address } from '../address/address.ts';
import { FlexiApiClient } from './flexi-api-client.ts';
import { FlexiApiError } from './flexi-api-error.ts';
import { pathSegment } from './rest-request.ts';
import { type RestRoutes, type RestServer, startRestServer } from './testing/rest-server.ts';

let server: RestServer | undefined;

async function closeServer(): Promise<void> {
  await server?.close();
  server = undefined;
}

afterEach(closeServer);

async function setUp(routes: RestRoutes) {
  server = await startRestServer(routes);
  return { ...server, client: new FlexiApiClient(server.host) };
}

function account(address: string): Account {
  const params = new AccountParams();
  params.setIdentityAddress(Address.parse(address));
  return new Account(params);
}

describe('the REST client', () => {
  it('account-creator 84: an administrator gets an account creation token', async () => {
    const { client } = await setUp({
      'POST account_creation_tokens': { status: 201, json: { token: 'abcdefghijklm' } },
    });
    const response = await client.setApiKey('key').sendAccountCreationToken();
    expect(response.code).toBe(201);
    expect(response.json()).toEqual({ token: 'abcdefghijklm' });
  });

  it('account-creator 85: ping answers pong', async () => {
    const { client, received } = await setUp({ 'GET ping': { html: 'pong' } });
    expect(await client.ping()).toMatchObject({ code: 200, body: 'pong' });
    expect(received[0]?.headers).toMatchObject({
      accept: 'application/json',
      'user-agent': 'DialtoneTest/1.0',
    });
    expect(received[0]?.headers).not.toHaveProperty('from');
    expect(received[0]?.body).toBeUndefined();
  });

  it('account-creator 86: me answers a digest challenge for the default account', async () => {
    const { client, host, received } = await setUp({
      'GET accounts/me': { json: { domain: 'sip.example.org' } },
    });
    host.defaultAccount = account('"Alice" <sip:alice@sip.example.org>');
    host.credential = { username: 'alice', password: 'secret' };
    expect((await client.me()).json()).toEqual({ domain: 'sip.example.org' });
    expect(received[0]?.headers.from).toBe('sip:alice@sip.example.org');
  });

  it('account-creator 87: an administrator creates, shows and deletes an account', async () => {
    const { client, received } = await setUp({
      'POST accounts': { json: { id: 7, username: 'bob', activated: true } },
      'GET accounts/7': { json: { id: 7, username: 'bob', activated: true } },
      'DELETE accounts/7': { html: '' },
      'POST accounts/7/activate': { json: {} },
      'GET accounts/bob%40sip.example.org/search': { json: { id: 7 } },
    });
    client.setApiKey('key');
    const created = await client.adminAccountCreate({
      username: 'bob',
      password: 'secret',
      algorithm: 'SHA-256',
      activated: true,
      dtmfProtocol: 'sipinfo',
    });
    expect(created.json()).toMatchObject({ id: 7 });
    expect(received[0]).toMatchObject({
      headers: { 'x-api-key': 'key', 'content-type': 'application/json' },
      body: {
        username: 'bob',
        password: 'secret',
        algorithm: 'SHA-256',
        activated: '1',
        dtmf_protocol: 'sipinfo',
      },
    });
    expect((await client.adminAccount(7)).json()).toMatchObject({ username: 'bob' });
    expect((await client.adminAccountSearch('sip:bob@sip.example.org')).json()).toEqual({ id: 7 });
    expect((await client.adminAccountActivate(7)).code).toBe(200);
    expect((await client.adminAccountDelete(7)).code).toBe(200);
  });

  it('account-creator 88: the password changes with the old one', async () => {
    const { client, host, received } = await setUp({ 'POST accounts/me/password': { json: {} } });
    host.defaultAccount = account('sip:alice@sip.example.org');
    host.credential = { username: 'alice', password: 'secret' };
    await client.accountPasswordChange('MD5', 'new', 'old');
    expect(received[0]?.body).toEqual({ algorithm: 'MD5', password: 'new', old_password: 'old' });
  });

  it('reads provisioning from the root of the server, as an application would', async () => {
    const { client, host, received } = await setUp({});
    await expect(client.accountProvisioningInformation('token')).rejects.toThrow(FlexiApiError);
    expect(received[0]).toMatchObject({
      call: 'GET /flexiapi/provisioning/token',
      headers: { accept: 'application/xml', 'x-linphone-provisioning': '1' },
    });
    host.accountCreatorUrl = 'https://accounts.example.org/';
    await expect(client.accountProvisioningInformation('token')).rejects.toMatchObject({
      code: 'flexi-api-no-root-url',
    });
  });

  it('rejects other statuses with what the server says about them', async () => {
    const { client } = await setUp({
      'POST accounts/with-account-creation-token': {
        status: 422,
        json: { message: 'Wrong.', errors: { username: ['Taken.', 'Short.'], password: 'Weak.' } },
      },
    });
    const creation = client.accountCreateWithAccountCreationToken({
      username: 'alice',
      password: 'pass',
      token: 'token',
    });
    await expect(creation).rejects.toMatchObject({
      name: 'FlexiApiError',
      code: 'flexi-api-status',
      status: 422,
      message: 'Wrong.',
      parameterErrors: new Map([
        ['username', 'Taken.'],
        ['password', 'Weak.'],
      ]),
    });
  });

  it('account-creator D8: rejects when there is no answer', async () => {
    const { client, host } = await setUp({});
    await closeServer();
    await expect(client.ping()).rejects.toMatchObject({ code: 'flexi-api-unreachable', status: 0 });
    host.accountCreatorUrl = null;
    await expect(client.ping()).rejects.toMatchObject({ code: 'flexi-api-unreachable' });
  });

  it.each<[string, (client: FlexiApiClient) => Promise<unknown>, unknown]>([
    ['POST account_creation_tokens', (c) => c.sendAccountCreationToken(), undefined],
    [
      'POST account_creation_tokens/send-by-push',
      (c) => c.sendAccountCreationTokenByPush('fcm', 'a', 'b'),
      { pn_provider: 'fcm', pn_param: 'a', pn_prid: 'b' },
    ],
    ['POST account_creation_request_tokens', (c) => c.accountCreationRequestToken(), undefined],
    [
      'POST account_creation_tokens/using-account-creation-request-token',
      (c) => c.accountCreationTokenUsingRequestToken('t'),
      { account_creation_request_token: 't' },
    ],
    ['GET accounts/a%40b/info', (c) => c.accountInfo('a@b'), undefined],
    [
      'POST accounts/a%40b/activate/email',
      (c) => c.accountActivateEmail('a@b', '1'),
      { code: '1' },
    ],
    [
      'POST accounts/a%40b/activate/phone',
      (c) => c.accountActivatePhone('a@b', '1'),
      { code: '1' },
    ],
    ['POST accounts/auth_token', (c) => c.accountAuthTokenCreate(), undefined],
    ['GET accounts/auth_token/t/attach', (c) => c.accountAuthTokenAttach('t'), undefined],
    ['GET accounts/%2B33/info-by-phone', (c) => c.accountInfoByPhone('+33'), undefined],
    [
      'POST accounts/recover-by-phone',
      (c) => c.accountRecoverByPhone('+33', 't'),
      { phone: '+33', account_creation_token: 't' },
    ],
    ['GET accounts/a%40b/recover/k', (c) => c.accountRecoverUsingRecoverKey('a@b', 'k'), undefined],
    [
      'POST accounts/public',
      (c) => c.accountCreate({ username: 'a', password: 'p', phone: '+33' }),
      {
        username: 'a',
        phone: '+33',
        password: 'p',
        algorithm: 'MD5',
        account_creation_token: '',
      },
    ],
    ['GET accounts', (c) => c.adminAccounts(), undefined],
    ['POST accounts/7/deactivate', (c) => c.adminAccountDeactivate(7), undefined],
    ['GET accounts/7/contacts', (c) => c.adminAccountContacts(7), undefined],
    ['POST accounts/7/contacts/8', (c) => c.adminAccountContactAdd(7, 8), undefined],
    ['DELETE accounts/7/contacts/8', (c) => c.adminAccountContactDelete(7, 8), undefined],
  ])('calls %s', async (call, act, body) => {
    const { client, received } = await setUp({ [call]: { json: {} } });
    await act(client);
    expect(received[0]).toMatchObject({ call, body });
  });

  it.each<[string, (client: FlexiApiClient) => Promise<unknown>, unknown]>([
    ['GET accounts/me/api_key/t', (c) => c.accountApiKeyFromAuthTokenGenerate('t'), undefined],
    ['DELETE accounts/me', (c) => c.accountDelete(), undefined],
    ['GET accounts/me/devices', (c) => c.accountDevices(), undefined],
    ['GET accounts/me/devices/u', (c) => c.accountDevice('u'), undefined],
    ['GET accounts/me/contacts', (c) => c.accountContacts(), undefined],
    ['GET accounts/me/contacts/a%40b', (c) => c.accountContact('a@b'), undefined],
    ['POST accounts/me/email/request', (c) => c.accountEmailChangeRequest('e'), { email: 'e' }],
    ['POST accounts/me/email', (c) => c.accountEmailChange('1234'), { code: '1234' }],
    ['POST accounts/me/phone/request', (c) => c.accountPhoneChangeRequest('+33'), { phone: '+33' }],
    ['POST accounts/me/phone', (c) => c.accountPhoneChange('1234'), { code: '1234' }],
    ['GET accounts/me/provision', (c) => c.accountProvision(), undefined],
  ])('calls %s as the account', async (call, act, body) => {
    const { client, host, received } = await setUp({ [call]: { json: {} } });
    host.defaultAccount = account('sip:alice@sip.example.org');
    host.credential = { username: 'alice', password: 'secret' };
    await act(client);
    expect(received[0]).toMatchObject({ call, body });
  });

  it('encodes all but unreserved characters in paths', () => {
    expect(pathSegment("a@b/c?d!'()*-_.~é")).toBe('a%40b%2Fc%3Fd%21%27%28%29%2A-_.~%C3%A9');
  });
});
