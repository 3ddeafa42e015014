import { afterEach, beforeEach, expect, it } from 'vitest';
import { buildTestApp, type TestApp, type TestAppOptions } from '../testing/build-test-app.ts';
import { createAccountCreationToken } from '../tokens/account-creation-token.ts';

let test: TestApp;

beforeEach(async () => {
  test = await buildTestApp();
});

afterEach(() => test.close());

async function restart(options: TestAppOptions): Promise<void> {
  await test.close();
  test = await buildTestApp(options);
}

const newToken = async () => (await createAccountCreationToken(test.platform, {})).token;

const create = (body: object) =>
  test.request({ method: 'POST', url: '/api/accounts/with-account-creation-token', body });

async function creation(fields: object = {}) {
  return create({
    username: 'john',
    password: 'secret',
    account_creation_token: await newToken(),
    ...fields,
  });
}

it('T7: refuses admin and activated', async () => {
  const admin = await creation({ admin: true });
  expect(Object.keys(admin.json().errors)).toEqual(['admin']);
  const activated = await creation({ asAdmin: true, activated: true });
  expect(Object.keys(activated.json().errors)).toEqual(['activated']);
});

it('T8: needs an unused token and spends it', async () => {
  const account_creation_token = await newToken();
  const unknown = await creation({ account_creation_token: 'AAAAAAAAAAAAA' });
  expect(Object.keys(unknown.json().errors)).toEqual(['account_creation_token']);
  const reply = await creation({ account_creation_token });
  expect(reply.statusCode).toBe(200);
  expect(reply.json()).toMatchObject({
    activated: false,
    admin: false,
    user_agent: test.space.name,
    passwords: [{ algorithm: 'SHA-256' }],
  });
  const again = await creation({ account_creation_token, username: 'jane' });
  expect(Object.keys(again.json().errors)).toEqual(['account_creation_token']);
  const row = await test.platform.db
    .selectFrom('account_creation_tokens')
    .selectAll()
    .where('token', '=', account_creation_token)
    .executeTakeFirst();
  expect(row).toMatchObject({ used: 1, account_id: reply.json().id });
});

it('leaves the token alone when the account cannot be created', async () => {
  const account_creation_token = await newToken();
  expect((await creation({ account_creation_token, username: 'UPPER' })).statusCode).toBe(422);
  expect((await creation({ account_creation_token })).statusCode).toBe(200);
});

it('T9: refuses an expired token', async () => {
  await restart({ config: { APP_ACCOUNT_CREATION_TOKEN_EXPIRATION_MINUTES: '10' } });
  const account_creation_token = await newToken();
  test.clock.advance(11 * 60_000);
  const reply = await creation({ account_creation_token });
  expect(Object.keys(reply.json().errors)).toEqual(['account_creation_token']);
});

it('T10: refuses blacklisted usernames', async () => {
  await restart({
    config: { ACCOUNT_BLACKLISTED_USERNAMES: 'foobar,blacklisted,username-.*' },
  });
  for (const username of ['blacklisted', 'username-gnap']) {
    expect(Object.keys((await creation({ username })).json().errors)).toEqual(['username']);
  }
  expect((await creation({ username: 'valid-username' })).statusCode).toBe(200);
});

it('S7: is refused once the space is full', async () => {
  const full = await test.createSpace({ domain: 'full.example.com', maxAccounts: 1 });
  const statusOf = async (username: string) =>
    (
      await test.request({
        method: 'POST',
        url: '/api/accounts/with-account-creation-token',
        headers: { host: full.host },
        body: { username, password: 'secret', account_creation_token: await newToken() },
      })
    ).statusCode;
  expect(await statusOf('john')).toBe(200);
  expect(await statusOf('jane')).toBe(403);
});

it('defect 21: ignores what only administrators set, and the algorithm', async () => {
  const reply = await creation({
    email: 'john@example.org',
    display_name: 'John',
    dictionary: { foo: 'bar' },
    algorithm: 'MD5',
  });
  expect(reply.json()).toMatchObject({
    email: null,
    display_name: null,
    dictionary: {},
    passwords: [{ algorithm: 'SHA-256' }],
  });
});

it('is limited per address', async () => {
  await restart({ rateLimits: true });
  let status = 0;
  for (let call = 0; call <= 60; call++) status = (await create({})).statusCode;
  expect(status).toBe(429);
});
