import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../accounts/account.ts';
import type { PushMessage } from '../messaging/message.ts';
import { buildTestApp, type TestApp } from '../testing/build-test-app.ts';
import { validateRequestToken } from './account-creation-request-token.ts';

let test: TestApp;
let account: Account;
let key: string;
let adminKey: string;

async function start(options: Parameters<typeof buildTestApp>[0] = {}): Promise<void> {
  test = await buildTestApp(options);
  account = await test.createAccount({ username: 'john' });
  key = await test.createKey(account);
  const admin = await test.createAccount({ username: 'admin', admin: true });
  adminKey = await test.createKey(admin);
}

async function restart(options: Parameters<typeof buildTestApp>[0]): Promise<void> {
  await test.close();
  await start(options);
}

beforeEach(() => start());
afterEach(() => test.close());

const post = (path: string, body: object = {}, withKey?: string) =>
  test.request({
    method: 'POST',
    url: `/api/${path}`,
    body,
    ...(withKey === undefined ? {} : { key: withKey }),
  });

const target = { pn_provider: 'fcm', pn_param: 'linphone', pn_prid: 'device:1' };

describe.each(['account_creation_tokens', 'account_recovery_tokens'] as const)(
  '%s/send-by-push',
  (table) => {
    const send = (body: object) => post(`${table}/send-by-push`, body);
    const count = async () =>
      (await test.platform.db.selectFrom(table).select('id').execute()).length;

    it('T2, T4, R1: refuses bad, missing and null parameters and stores nothing', async () => {
      for (const [field, value] of [
        ['pn_provider', 'wrong'],
        ['pn_param', '@wrong'],
        ['pn_prid', '@wrong'],
        ['pn_param', null],
        ['pn_prid', null],
      ] as const) {
        const reply = await send({ ...target, [field]: value });
        expect(reply.statusCode).toBe(422);
        expect(Object.keys(reply.json().errors)).toEqual([field]);
      }
      expect((await send({})).statusCode).toBe(422);
      expect(await count()).toBe(0);
    });

    it('T3: is unavailable without a push tool and stores nothing', async () => {
      expect((await send(target)).statusCode).toBe(503);
      expect(await count()).toBe(0);
    });

    it('T5, R2, defect 7: throttles a device that has spent a token lately', async () => {
      const pushed: PushMessage[] = [];
      await restart({ platform: { push: { send: async (message) => void pushed.push(message) } } });
      expect((await send(target)).statusCode).toBe(200);
      expect((await send(target)).statusCode).toBe(200);
      expect(pushed[0]).toMatchObject({ provider: 'fcm', param: 'linphone', to: 'device:1' });
      expect(pushed[0]?.customPayload?.['token']).toMatch(/^[A-Za-z0-9]{13}$/);
      await test.platform.db.updateTable(table).set({ used: 1 }).execute();
      expect((await send(target)).statusCode).toBe(429);
      expect((await send({ ...target, pn_prid: 'other' })).statusCode).toBe(200);
      test.clock.advance(61 * 60_000);
      expect((await send(target)).statusCode).toBe(200);
    });

    it('takes the token back when the push fails', async () => {
      await restart({ platform: { push: { send: () => Promise.reject(new Error('down')) } } });
      expect((await send(target)).statusCode).toBe(503);
      expect(await count()).toBe(0);
    });
  },
);

describe('account creation tokens', () => {
  it('T6: are created by administrators', async () => {
    expect((await post('account_creation_tokens')).statusCode).toBe(401);
    expect((await post('account_creation_tokens', {}, key)).statusCode).toBe(403);
    const reply = await post('account_creation_tokens', {}, adminKey);
    expect(reply.statusCode).toBe(201);
    expect(Object.keys(reply.json())).toEqual(['token', 'ip', 'user_agent', 'expire_at']);
    expect(reply.json()).toMatchObject({ token: expect.any(String), expire_at: null });
    await restart({
      config: { APP_ACCOUNT_CREATION_TOKEN_EXPIRATION_MINUTES: '10' },
      now: Date.UTC(2026, 0, 1),
    });
    const expiring = await post('account_creation_tokens', {}, adminKey);
    expect(expiring.json().expire_at).toBe('2026-01-01T00:10:00.000000Z');
  });

  it('T11: are given for a validated request token', async () => {
    const request = await post('account_creation_request_tokens');
    expect(request.statusCode).toBe(201);
    const { token, validation_url } = request.json();
    expect(validation_url).toBe(`http://sip.example.com/creation_token/check/${token}`);
    const exchange = () =>
      post('account_creation_tokens/using-account-creation-request-token', {
        account_creation_request_token: token,
      });
    const early = await exchange();
    expect([early.statusCode, early.json().code]).toEqual([404, 'token.not_validated']);
    expect(await validateRequestToken(test.platform, token)).toBe(true);
    const exchanged = await exchange();
    expect(exchanged.statusCode).toBe(201);
    const row = await test.platform.db
      .selectFrom('account_creation_request_tokens as request')
      .innerJoin('account_creation_tokens as creation', 'creation.id', 'acc_creation_token_id')
      .select(['request.used', 'creation.token'])
      .executeTakeFirst();
    expect(row).toEqual({ used: 1, token: exchanged.json().token });
    const again = await exchange();
    expect(Object.keys(again.json().errors)).toEqual(['account_creation_request_token']);
    const missing = await post('account_creation_tokens/using-account-creation-request-token');
    expect(missing.statusCode).toBe(422);
  });

  it('T12: validate an account when consumed', async () => {
    const consume = (token: unknown) =>
      post('account_creation_tokens/consume', { account_creation_token: token }, key);
    for (const token of ['AAAAAAAAAAAAA', null]) {
      expect((await consume(token)).statusCode).toBe(404);
    }
    const { token } = (await post('account_creation_tokens', {}, adminKey)).json();
    const reply = await consume(token);
    expect(reply.json()).toMatchObject({ token, used: true, account_id: account.id });
    expect((await consume(token)).statusCode).toBe(404);
    await test.platform.db.updateTable('phone_countries').set({ activated: 1 }).execute();
    const request = await post('accounts/me/phone/request', { phone: '+33612121212' }, key);
    expect(request.statusCode).toBe(200);
    expect((await post('account_creation_tokens/consume')).statusCode).toBe(401);
  });
});

describe('auth tokens', () => {
  const create = async (): Promise<string> => (await post('accounts/auth_token')).json().token;
  const attach = (token: string, withKey = key) =>
    test.request({ url: `/api/accounts/auth_token/${token}/attach`, key: withKey });
  const redeem = (token: string) => test.request({ url: `/api/accounts/me/api_key/${token}` });

  it('are created for anybody', async () => {
    const reply = await post('accounts/auth_token');
    expect(reply.statusCode).toBe(201);
    expect(Object.keys(reply.json())).toEqual([
      'token',
      'ip',
      'user_agent',
      'updated_at',
      'created_at',
      'id',
    ]);
    expect(reply.json().token).toMatch(/^[A-Za-z0-9]{32}$/);
  });

  it('K5: are worth nothing until attached', async () => {
    expect((await redeem(await create())).statusCode).toBe(404);
  });

  it('K6: are attached once', async () => {
    const token = await create();
    const reply = await attach(token);
    expect([reply.statusCode, reply.body]).toEqual([200, '']);
    expect((await attach(token)).statusCode).toBe(404);
    expect((await attach('A'.repeat(32))).statusCode).toBe(404);
    const anonymous = await test.request({ url: `/api/accounts/auth_token/${token}/attach` });
    expect(anonymous.statusCode).toBe(401);
  });

  it('K7, K8: give one API key', async () => {
    const token = await create();
    await attach(token);
    const reply = await redeem(token);
    const { api_key } = reply.json();
    expect((await redeem(token)).statusCode).toBe(404);
    const me = await test.request({
      url: '/api/accounts/me',
      key: api_key,
      headers: { from: 'sip:admin@sip.example.com' },
    });
    expect(me.json()).toMatchObject({ id: account.id });
  });

  it('live five minutes', async () => {
    const token = await create();
    test.clock.advance(5 * 60_000 + 1000);
    expect((await attach(token)).statusCode).toBe(404);
  });
});
