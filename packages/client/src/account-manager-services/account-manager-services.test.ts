import { NO_PARAMS, sipUri } from '@dialtone/sip';
import { afterEach, describe, expect, it } from 'vitest';
import { Address } from '../address/address.ts';
import {
  type RestRoutes,
  type RestServer,
  startRestServer,
} from '../flexi-api/testing/rest-server.ts';
import { AccountManagerServices } from './account-manager-services.ts';
import type { AccountManagerServicesRequest } from './account-manager-services-request.ts';
import { AccountManagerServicesRequestType as Type } from './request-type.ts';

let server: RestServer | undefined;

async function closeServer(): Promise<void> {
  await server?.close();
  server = undefined;
}

afterEach(closeServer);

const identity = Address.from({
  displayName: 'Alice',
  uri: sipUri({ user: 'alice', host: 'sip.example.org' }),
  params: NO_PARAMS,
});

async function setUp(routes: RestRoutes) {
  server = await startRestServer(routes);
  server.host.credential = { username: 'alice', password: 'secret' };
  return { ...server, services: new AccountManagerServices(server.host) };
}

/** Submits the request; what its listener heard, in order. */
async function heardBy(request: AccountManagerServicesRequest): Promise<unknown[]> {
  const heard: unknown[] = [];
  request.addListener({
    onRequestSuccessful: (_, data) => heard.push({ data }),
    onRequestError: (_, status, message, errors) => heard.push({ status, message, errors }),
    onDevicesListFetched: (_, devices) => heard.push({ devices }),
  });
  await request.submit();
  return heard;
}

describe('account manager services', () => {
  it('account-creator 89: get a request token', async () => {
    const validation_url = 'https://accounts.example.org/creation_token/check/r';
    const { services } = await setUp({
      'POST account_creation_request_tokens': { status: 201, json: { token: 'r', validation_url } },
    });
    const request = services.createGetAccountCreationRequestTokenRequest();
    expect(request.type).toBe(Type.AccountCreationRequestToken);
    expect(await heardBy(request)).toEqual([{ data: validation_url }]);
  });

  it('account-creator 90: an unknown request token is one error about one field', async () => {
    const errors = { account_creation_request_token: ['Invalid token.', 'Too short.'] };
    const { services, received } = await setUp({
      'POST account_creation_tokens/using-account-creation-request-token': {
        status: 422,
        json: { message: 'Invalid token. (and 1 more error)', errors },
      },
    });
    const request = services.createGetAccountCreationTokenFromRequestTokenRequest('r');
    expect(await heardBy(request)).toEqual([
      {
        status: 422,
        message: 'Invalid token. (and 1 more error)',
        errors: new Map([['account_creation_request_token', 'Invalid token.']]),
      },
    ]);
    expect(received[0]?.body).toEqual({ account_creation_request_token: 'r' });
  });

  const account = { id: 7, username: 'alice', domain: 'sip.example.org' };
  const creation: RestRoutes = {
    'POST account_creation_tokens': { status: 201, json: { token: 't' } },
    'POST accounts/with-account-creation-token': { json: account },
    'POST accounts/me/email/request': { html: '' },
    'POST accounts/me/phone/request': { html: '' },
    'POST accounts/me/email': { json: account },
    'POST accounts/me/phone': { json: account },
    'DELETE accounts/7': { html: '' },
  };

  it('account-creator 91: create an account and link its email address', async () => {
    const { services, received } = await setUp({
      ...creation,
      'GET accounts/7': { json: { ...account, email_change_code: { code: 1234 } } },
    });
    services.apiKey = 'admin key';
    const token = services.createGetAccountCreationTokenAsAdminRequest();
    expect(await heardBy(token)).toEqual([{ data: 't' }]);
    expect(
      await heardBy(services.createNewAccountUsingTokenRequest('alice', 'secret', 'SHA-256', 't')),
    ).toEqual([{ data: 'sip:alice@sip.example.org' }]);
    const email = 'alice@mail.example.org';
    expect(
      await heardBy(services.createSendEmailLinkingCodeByEmailRequest(identity, email)),
    ).toEqual([{ data: null }]);
    expect(await heardBy(services.createGetAccountInfoAsAdminRequest(7))).toEqual([
      { data: '1234' },
    ]);
    expect(
      await heardBy(services.createLinkEmailToAccountUsingCodeRequest(identity, '1234')),
    ).toEqual([{ data: null }]);
    expect(await heardBy(services.createDeleteAccountAsAdminRequest(7))).toEqual([{ data: null }]);
    expect(received.map(({ body }) => body)).toEqual([
      undefined,
      { username: 'alice', password: 'secret', algorithm: 'SHA-256', account_creation_token: 't' },
      { email },
      undefined,
      { code: '1234' },
      { account_id: 7 },
    ]);
    // Requests for an account are not the administrator's.
    const key = 'admin key';
    expect(received.map(({ headers }) => headers['x-api-key'])).toEqual(
      received.map(({ headers }) => (headers.from === undefined ? key : undefined)),
    );
  });

  it('account-creator 92: authenticate with credentials of the core and the identity given', async () => {
    const { services, received, host } = await setUp(creation);
    const request = services.createSendEmailLinkingCodeByEmailRequest(identity, 'a@b.org');
    expect(await heardBy(request)).toEqual([{ data: null }]);
    expect(received[0]?.headers.from).toBe('sip:alice@sip.example.org');
    expect(host.accounts).toEqual([]);
    expect(host.requests[0]?.identity).toEqual({ username: 'alice', domain: 'sip.example.org' });
  });

  it('account-creator 93: a push that cannot be sent is one error without fields', async () => {
    const { services } = await setUp({
      'POST account_creation_tokens/send-by-push': { status: 503, json: { message: 'No push.' } },
      'POST account_recovery_tokens/send-by-push': { status: 503, json: {} },
    });
    expect(
      await heardBy(services.createSendAccountCreationTokenByPushRequest('fcm', 'a', 'b')),
    ).toEqual([{ status: 503, message: 'No push.', errors: null }]);
    expect(
      await heardBy(services.createSendAccountRecoveryTokenByPushRequest('fcm', 'a', 'b')),
    ).toEqual([{ status: 503, message: '', errors: null }]);
  });

  it('account-creator 94: link a phone number', async () => {
    const { services, received } = await setUp({
      ...creation,
      'GET accounts/7': {
        json: { ...account, phone_change_code: { code: '4321' }, email_change_code: { code: '1' } },
      },
    });
    expect(
      await heardBy(
        services.createSendPhoneNumberLinkingCodeBySmsRequest(identity, '+33612345678'),
      ),
    ).toEqual([{ data: null }]);
    expect(await heardBy(services.createGetAccountInfoAsAdminRequest(7))).toEqual([
      { data: '4321' },
    ]);
    expect(
      await heardBy(services.createLinkPhoneNumberToAccountUsingCodeRequest(identity, '4321')),
    ).toEqual([{ data: null }]);
    expect(received[0]?.body).toEqual({ phone: '+33612345678' });
  });

  const uuid = 'urn:uuid:2b4d7f7e';
  const device = { update_time: '2026-01-31T12:00:00.5Z', user_agent: 'Linphone (Pixel 9) 6.0' };

  it('account-creator 95: list the devices before they report success', async () => {
    const { services } = await setUp({ 'GET accounts/me/devices': { json: { [uuid]: device } } });
    const request = services.createGetDevicesListRequest(identity);
    expect(await heardBy(request)).toEqual([
      {
        devices: [
          {
            uuid,
            userAgent: device.user_agent,
            lastUpdateTime: device.update_time,
            lastUpdateTimestamp: 1_769_860_800,
            name: 'Pixel 9',
          },
        ],
      },
      { data: null },
    ]);
  });

  it('account-creator 96: a device without parentheses in its user agent has no name', async () => {
    const json = { [uuid]: { update_time: 'soon', user_agent: 'DialtoneTest/1.0' } };
    const { services } = await setUp({ 'GET accounts/me/devices': { json } });
    expect(await services.createGetDevicesListRequest(identity).submit()).toMatchObject({
      ok: true,
      devices: [{ name: null, lastUpdateTimestamp: 0 }],
    });
  });

  it('account-creator 97: delete a device, the list is then empty and told all the same', async () => {
    const { services, received } = await setUp({
      'DELETE accounts/me/devices/urn%3Auuid%3A2b4d7f7e': { html: '1' },
      'GET accounts/me/devices': { json: {} },
    });
    expect(await heardBy(services.createDeleteDeviceRequest(identity, { uuid }))).toEqual([
      { data: null },
    ]);
    expect(received[0]?.body).toEqual({ device_uuid: uuid });
    expect(await heardBy(services.createGetDevicesListRequest(identity))).toEqual([
      { devices: [] },
      { data: null },
    ]);
  });

  it('account-creator D14: end in exactly one callback, media-type parameters accepted', async () => {
    const { services } = await setUp({
      'POST account_creation_request_tokens': {
        json: { token: 'r' },
        contentType: 'application/json; charset=utf-8',
      },
      'POST account_creation_tokens': { html: 'token' },
      'DELETE accounts/7': { status: 403, html: '<h1>Forbidden</h1>' },
      'GET accounts/me/devices': { json: 'no list' },
    });
    expect(await heardBy(services.createGetAccountCreationRequestTokenRequest())).toEqual([
      { data: 'r' },
    ]);
    expect(await heardBy(services.createGetAccountCreationTokenAsAdminRequest())).toEqual([
      { status: 200, message: 'Invalid Content-Type in response', errors: null },
    ]);
    expect(await heardBy(services.createDeleteAccountAsAdminRequest(7))).toEqual([
      { status: 403, message: 'Forbidden', errors: null },
    ]);
    expect(await heardBy(services.createGetDevicesListRequest(identity))).toEqual([
      { status: 200, message: 'Invalid devices list in response', errors: null },
    ]);
  });

  it('account-creator D8: a server that is not there is one error with status 0', async () => {
    const { services } = await setUp({});
    await closeServer();
    expect(await services.createGetAccountCreationRequestTokenRequest().submit()).toMatchObject({
      ok: false,
      statusCode: 0,
      parameterErrors: null,
    });
  });

  it('an unusable URL ends the request at once', async () => {
    const { host } = await setUp({});
    host.accountCreatorUrl = null;
    const request = new AccountManagerServices(host).createGetAccountCreationRequestTokenRequest();
    const heard: unknown[] = [];
    const listener = {
      onRequestError: (_: unknown, status: number, message: string) => {
        heard.push(status, message, request.currentListener === listener);
      },
    };
    request.addListener(listener);
    void request.submit();
    expect(heard).toEqual([0, 'Bad URI', true]);
    request.removeListener(listener);
    void request.submit();
    expect(heard).toHaveLength(3);
  });

  it('send the language of the time when the request was made', async () => {
    const { services, received } = await setUp(creation);
    services.setLanguage('fr');
    services.setLanguage(null);
    const request = services.createGetAccountCreationTokenAsAdminRequest();
    services.setLanguage('en');
    await request.submit();
    expect([received[0]?.headers['accept-language'], services.language]).toEqual(['fr', 'en']);
    expect(received[0]?.headers).not.toHaveProperty('content-type');
  });

  it('provisioning-client 50: without a URL, requests are an error and nothing breaks', async () => {
    const { host } = await setUp({});
    host.accountCreatorUrl = null;
    const heard = await heardBy(
      new AccountManagerServices(host).createGetAccountCreationRequestTokenRequest(),
    );
    expect(heard).toEqual([expect.objectContaining({ status: 0 })]);
  });
});
