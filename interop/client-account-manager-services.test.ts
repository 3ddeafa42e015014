import {
  type AccountManagerServices,
  type AccountManagerServicesRequest,
  type AccountDevice,
  Address,
  AuthInfo,
  type Core,
} from '@dialtone/client';
import {
  createAccountCreationToken,
  createAdministrator,
  findAccountByAddress,
  setCountryActivated,
  validateRequestToken,
} from '@dialtone/server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startClient } from './support/client.ts';
import { flexiApiCore } from './support/creator.ts';
import { type Dialtone, startDialtone } from './support/dialtone.ts';
import { codeIn, textTo } from './support/outbox.ts';

const domain = 'sip.example.org';

let dialtone: Dialtone;
let apiKey: string;
let core: Core;
let services: AccountManagerServices;
beforeAll(async () => {
  dialtone = await startDialtone();
  const { platform, space } = dialtone;
  await setCountryActivated(platform.db, 'FR', true, Date.now());
  const admin = { username: 'admin', password: 'secret', keyName: 'interop' };
  ({ apiKey } = await createAdministrator(platform, space, admin));
});
afterAll(() => dialtone[Symbol.asyncDispose]());
beforeEach(() => {
  core = flexiApiCore(dialtone);
  services = core.createAccountManagerServices();
});

function addressOf(username: string): Address {
  const address = Address.parse(`sip:${username}@${domain}`);
  if (address === null) throw new Error(`${username} makes no address`);
  return address;
}

/** One call of a listener. */
interface Heard {
  readonly data?: string | null;
  readonly devices?: readonly AccountDevice[];
  readonly status?: number;
  readonly message?: string;
  readonly errors?: ReadonlyMap<string, string> | null;
}

/** What the listeners heard, in order. */
async function heardBy(request: AccountManagerServicesRequest): Promise<Heard[]> {
  const heard: Heard[] = [];
  request.addListener({
    onRequestSuccessful: (_, data) => heard.push({ data }),
    onRequestError: (_, status, message, errors) => heard.push({ status, message, errors }),
    onDevicesListFetched: (_, devices) => heard.push({ devices }),
  });
  await request.submit();
  return heard;
}

/** The data of a request that must have exactly one success. */
async function dataOf(request: AccountManagerServicesRequest): Promise<string> {
  const heard = await heardBy(request);
  expect(heard).toEqual([{ data: expect.any(String) }]);
  return heard[0]?.data ?? '';
}

const done = [{ data: null }];

/** Creates an account with a token and signs in at the application. */
async function create(username: string, token: string): Promise<Address> {
  const request = services.createNewAccountUsingTokenRequest(username, 'secret', 'SHA-256', token);
  expect(await dataOf(request)).toBe(`sip:${username}@${domain}`);
  core.addAuthInfo(new AuthInfo({ username, password: 'secret', domain }));
  return addressOf(username);
}

const idOf = async (username: string): Promise<number> =>
  (await findAccountByAddress(dialtone.platform, username, domain))?.id ?? 0;

describe('our account manager services at our REST API', () => {
  it('account-creator 89, provisioning-client 45: a request token is one success', async () => {
    const url = await dataOf(services.createGetAccountCreationRequestTokenRequest());
    expect(url).toContain(`${dialtone.url}/creation_token/check/`);
  });

  it('account-creator 90, provisioning-client 45: a token that is unknown or not validated is one error', async () => {
    const exchange = (token: string) =>
      heardBy(services.createGetAccountCreationTokenFromRequestTokenRequest(token));
    const [unknown, ...more] = await exchange('AAAAAAAAAAAAA');
    expect(more).toEqual([]);
    expect(unknown).toMatchObject({ status: 422 });
    expect([...(unknown?.errors?.keys() ?? [])]).toEqual(['account_creation_request_token']);

    const url = await dataOf(services.createGetAccountCreationRequestTokenRequest());
    const [waiting, ...others] = await exchange(url.split('/').at(-1) ?? '');
    expect(others).toEqual([]);
    expect(waiting).toMatchObject({ status: 404, errors: null });
    expect(waiting?.message).toContain('Nobody has validated this token yet');
  });

  it('account-creator 91, provisioning-client 46: the desktop flow, as administrator', async () => {
    services.apiKey = apiKey;
    const token = await dataOf(services.createGetAccountCreationTokenAsAdminRequest());
    const identity = await create('desktop', token);
    const email = 'desktop@mail.example';
    expect(
      await heardBy(services.createSendEmailLinkingCodeByEmailRequest(identity, email)),
    ).toEqual(done);
    const id = await idOf('desktop');
    const code = await dataOf(services.createGetAccountInfoAsAdminRequest(id));
    expect(codeIn(await textTo(dialtone.platform, email))).toBe(code);
    expect(
      await heardBy(services.createLinkEmailToAccountUsingCodeRequest(identity, code)),
    ).toEqual(done);
    expect(await findAccountByAddress(dialtone.platform, 'desktop', domain)).toMatchObject({
      email,
      activated: true,
    });
    expect(await heardBy(services.createDeleteAccountAsAdminRequest(id))).toEqual(done);
    expect(await idOf('desktop')).toBe(0);
  });

  it('account-creator 92: with a captcha, and no more than the credentials in the core', async () => {
    const url = await dataOf(services.createGetAccountCreationRequestTokenRequest());
    const requestToken = url.split('/').at(-1) ?? '';
    await validateRequestToken(dialtone.platform, requestToken);
    const exchange = services.createGetAccountCreationTokenFromRequestTokenRequest(requestToken);
    const identity = await create('captcha', await dataOf(exchange));
    expect(core.defaultAccount).toBeNull();
    const email = 'captcha@mail.example';
    expect(
      await heardBy(services.createSendEmailLinkingCodeByEmailRequest(identity, email)),
    ).toEqual(done);
    const wrong = services.createLinkEmailToAccountUsingCodeRequest(identity, 'abcd');
    expect(await heardBy(wrong)).toMatchObject([{ status: 422 }]);
    const code = codeIn(await textTo(dialtone.platform, email));
    const right = services.createLinkEmailToAccountUsingCodeRequest(identity, code);
    expect(await heardBy(right)).toEqual(done);
    // The code is spent.
    expect(await heardBy(right)).toMatchObject([{ status: 404, errors: null }]);
  });

  it('account-creator 92: without credentials it is one error', async () => {
    const request = services.createGetDevicesListRequest(addressOf('captcha'));
    expect(await heardBy(request)).toMatchObject([{ status: 401, errors: null }]);
  });

  it('account-creator 93, provisioning-client 48: a push that cannot be sent is one error without fields', async () => {
    const request = services.createSendAccountCreationTokenByPushRequest('fcm', 'app', 'device');
    expect(await heardBy(request)).toMatchObject([{ status: 503, errors: null }]);
    const recovery = services.createSendAccountRecoveryTokenByPushRequest('fcm', 'app', 'device');
    expect(await heardBy(recovery)).toMatchObject([{ status: 503, errors: null }]);
  });

  it('account-creator 94, provisioning-client 47: the mobile flow', async () => {
    // The token that the push would have brought.
    const { token } = await createAccountCreationToken(dialtone.platform, {});
    const identity = await create('mobile', token);
    const phone = '+33612345678';
    expect(
      await heardBy(services.createSendPhoneNumberLinkingCodeBySmsRequest(identity, phone)),
    ).toEqual(done);
    const code = codeIn(await textTo(dialtone.platform, phone));
    expect(
      await heardBy(services.createLinkPhoneNumberToAccountUsingCodeRequest(identity, code)),
    ).toEqual(done);
    expect(await findAccountByAddress(dialtone.platform, 'mobile', domain)).toMatchObject({
      phone,
      activated: true,
    });
  });

  it('tells errors in the language of the user', async () => {
    services.setLanguage('fr');
    const request = services.createGetAccountCreationTokenFromRequestTokenRequest('AAAAAAAAAAAAA');
    const [heard] = await heardBy(request);
    expect(heard?.message).not.toMatch(/The .* is/);
  });
});

describe('the devices of an account that our core registered', () => {
  const register = (username: string, userAgent: string) =>
    startClient({
      identity: `sip:${username}@${domain}`,
      server: `sip:127.0.0.1:${dialtone.sipPort};transport=tcp`,
      username,
      config: `user_agent=${userAgent}\n`,
    });

  it.each([
    ['phone1', 'Interop/1.0 (Living room) x', 'Living room'],
    ['phone2', 'Interop/1.0', null],
  ])(
    'account-creator 95, 96, provisioning-client 49: %s is listed by its uuid, named %s',
    async (username, agent, name) => {
      await dialtone.createAccount(username);
      core.addAuthInfo(new AuthInfo({ username, password: 'secret', domain }));
      const before = Math.floor(Date.now() / 1000);
      await using client = await register(username, agent);
      await client.reach('Ok');
      const heard = await heardBy(services.createGetDevicesListRequest(addressOf(username)));
      const uuid = `urn:uuid:${client.core.config.getString('misc', 'uuid')}`;
      expect(heard).toEqual([
        { devices: [expect.objectContaining({ uuid, name })] },
        { data: null },
      ]);
      const { devices = [] } = heard[0] ?? {};
      expect(devices[0]?.lastUpdateTimestamp).toBeGreaterThanOrEqual(before);
      expect(devices[0]?.lastUpdateTimestamp).toBeLessThanOrEqual(Date.now() / 1000);
    },
  );

  it('account-creator 97: a device is deleted, and the empty list told all the same', async () => {
    await dialtone.createAccount('phone3');
    core.addAuthInfo(new AuthInfo({ username: 'phone3', password: 'secret', domain }));
    await using client = await register('phone3', 'Interop/1.0');
    await client.reach('Ok');
    const identity = addressOf('phone3');
    const list = services.createGetDevicesListRequest(identity);
    const outcome = await list.submit();
    const [device] = (outcome.ok && outcome.devices) || [];
    if (device === undefined) throw new Error('no device is listed');
    expect(await heardBy(services.createDeleteDeviceRequest(identity, device))).toEqual(done);
    expect(await heardBy(list)).toEqual([{ devices: [] }, { data: null }]);
    await dialtone.registered(`phone3@${domain}`, 0);
  });
});
