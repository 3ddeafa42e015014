import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildTestApp, type TestApp } from '../testing/build-test-app.ts';
import type { Account } from './account.ts';

let test: TestApp;
let admin: Account;
let key: string;

beforeEach(async () => {
  test = await buildTestApp();
  admin = await test.createAccount({ username: 'admin', admin: true });
  key = await test.createKey(admin);
});

afterEach(() => test.close());

async function superAdmin(): Promise<string> {
  const space = await test.createSpace({
    domain: 'super.example.com',
    switches: { super: true },
  });
  return test.createKey(await test.createAccount({ username: 'root', admin: true }, space));
}

const create = (body: object, withKey: string | undefined = key, host?: string) =>
  test.request({
    method: 'POST',
    url: '/api/accounts',
    body,
    ...(withKey === undefined ? {} : { key: withKey }),
    ...(host === undefined ? {} : { headers: { host } }),
  });

const update = (id: number, body: object) =>
  test.request({ method: 'PUT', url: `/api/accounts/${id}`, body, key });

const show = (id: number) => test.request({ url: `/api/accounts/${id}`, key });

const john = { username: 'john', password: '123456' };

describe('POST /api/accounts', () => {
  it('refuses strangers', async () => {
    const reply = await test.request({ method: 'POST', url: '/api/accounts', body: john });
    expect(reply.statusCode).toBe(401);
  });

  it('A2: refuses users', async () => {
    const user = await test.createKey(await test.createAccount({ username: 'user' }));
    expect((await create(john, user)).statusCode).toBe(403);
  });

  it('A3: creates an account', async () => {
    const reply = await create({ ...john, dtmf_protocol: 'sipinfo' });
    expect(reply.statusCode).toBe(200);
    expect(reply.headers['content-type']).toBe('application/json');
    expect(reply.json()).toMatchObject({
      username: 'john',
      activated: false,
      dtmf_protocol: 'sipinfo',
    });
    expect(reply.json().id).not.toBe(admin.id);
  });

  it('sends the keys of an account in their order', async () => {
    expect(Object.keys((await create(john)).json())).toEqual([
      'id',
      'username',
      'domain',
      'email',
      'activated',
      'ip_address',
      'user_agent',
      'created_at',
      'display_name',
      'dtmf_protocol',
      'updated_at',
      'blocked',
      'admin',
      'phone',
      'provisioning_token',
      'provisioning_token_expire_at',
      'dictionary',
      'sip_uri',
      'passwords',
      'email_change_code',
      'types',
      'actions',
      'carddav_servers',
    ]);
  });

  it('A5: refuses a phone number as username, unless that is allowed', async () => {
    const body = { ...john, username: '+33612121212' };
    const reply = await create(body);
    expect(reply.statusCode).toBe(422);
    expect(reply.json().errors).toHaveProperty('username');
    for (const username of ['0612121212', '33612121212', '+999', '+338']) {
      expect((await create({ ...john, username })).statusCode).toBe(200);
    }
    const permissive = await buildTestApp({
      config: { APP_ALLOW_PHONE_NUMBER_USERNAME_ADMIN_API: 'true' },
    });
    const boss = await permissive.createAccount({ username: 'admin', admin: true });
    const allowed = await permissive.request({
      method: 'POST',
      url: '/api/accounts',
      body,
      key: await permissive.createKey(boss),
    });
    expect(allowed.statusCode).toBe(200);
    await permissive.close();
  });

  it('A6: takes only usernames that match the configured expression', async () => {
    for (const username of ['hop👏', 'with space', 'UPPER']) {
      const reply = await create({ ...john, username });
      expect(reply.statusCode).toBe(422);
      expect(reply.json().errors).toHaveProperty('username');
    }
    const wide = await buildTestApp({ config: { ACCOUNT_USERNAME_REGEX: '^[a-z👏]*$' } });
    const boss = await wide.createAccount({ username: 'admin', admin: true });
    const reply = await wide.request({
      method: 'POST',
      url: '/api/accounts',
      body: { ...john, username: 'hop👏' },
      key: await wide.createKey(boss),
    });
    expect(reply.statusCode).toBe(200);
    await wide.close();
  });

  it('A7: creates it in the domain of the space with a provisioning token', async () => {
    const reply = await create({ ...john, domain: 'sip.example.com' });
    expect(reply.json()).toMatchObject({
      domain: 'sip.example.com',
      activated: false,
      provisioning_token: expect.stringMatching(/^[A-Za-z0-9]{13}$/),
    });
  });

  it('A8: lets super administrators choose the space', async () => {
    const root = await superAdmin();
    for (const domain of ['sip.example.com', 'super.example.com']) {
      const reply = await create({ ...john, domain, admin: true }, root);
      expect(reply.json()).toMatchObject({ domain, admin: true });
    }
  });

  it('A12: refuses an unknown domain', async () => {
    expect((await create({ ...john, domain: 'unknown.example.com' })).statusCode).toBe(422);
    expect((await create({ ...john, domain: 'sip.example.com' })).statusCode).toBe(200);
  });

  it('A13: takes the domain of the space when none is given', async () => {
    expect((await create(john)).json()).toMatchObject({
      domain: 'sip.example.com',
      activated: false,
    });
  });

  it('A14: needs a username', async () => {
    const reply = await create({ ...john, username: '' });
    expect(reply.statusCode).toBe(422);
    expect(reply.json().errors).toHaveProperty('username');
  });

  it('L1: words refusals in the language of the caller', async () => {
    const say = async (language: string) =>
      (
        await test.request({
          method: 'POST',
          url: '/api/accounts',
          body: { password: '123456' },
          key,
          headers: { 'accept-language': language },
        })
      ).json().errors.username;
    expect(await say('de')).toEqual(['The username field is required.']);
    expect(await say('fr')).toEqual(['Le champ pseudo est obligatoire.']);
  });

  it('A15: creates administrators', async () => {
    const reply = await create({ ...john, admin: true });
    expect(reply.json()).toMatchObject({ admin: true, provisioning_token: expect.any(String) });
    expect(reply.json()).not.toHaveProperty('space');
  });

  it('A16: stores a dictionary of texts and nothing else', async () => {
    const reply = await create({ ...john, dictionary: { foo: 'bar' } });
    expect(reply.json().dictionary).toEqual({ foo: 'bar' });
    for (const dictionary of [
      { foo: { bar: 'nested' } },
      'text',
      ['list'],
      { foo: '' },
      { foo: 'bar', Foo: 'bar' },
    ]) {
      const refused = await create({ ...john, username: 'jane', dictionary });
      expect(refused.statusCode).toBe(422);
      expect(Object.keys(refused.json().errors)).toEqual(['dictionary']);
    }
    expect((await create({ ...john, username: 'jane', dictionary: {} })).statusCode).toBe(200);
  });

  it('A20: takes over activated', async () => {
    for (const activated of [true, false]) {
      const reply = await create({ ...john, username: `john-${activated}`, activated });
      expect(reply.json().activated).toBe(activated);
      for (const change of [true, false]) {
        const body = { username: `john-${activated}`, activated: change };
        expect((await update(reply.json().id, body)).json().activated).toBe(change);
      }
    }
  });

  it('A24: refuses an e-mail address in use', async () => {
    await create({ ...john, email: 'john@example.org' });
    const reply = await create({ ...john, username: 'jane', email: 'john@example.org' });
    expect(reply.statusCode).toBe(422);
    expect(Object.keys(reply.json().errors)).toEqual(['email']);
  });

  it('A25: takes passwords of any characters', async () => {
    expect((await create({ ...john, password: 'pässwörd€' })).statusCode).toBe(200);
    expect((await create({ ...john, username: 'jane', password: 'ab' })).statusCode).toBe(422);
  });

  it('X8: refuses the address of a deleted account', async () => {
    const { id } = (await create(john)).json();
    await test.request({ method: 'DELETE', url: `/api/accounts/${id}`, key });
    const reply = await create(john);
    expect(reply.statusCode).toBe(422);
    expect(Object.keys(reply.json().errors)).toEqual(['username']);
  });

  it('refuses another algorithm than that of the space', async () => {
    expect((await create({ ...john, algorithm: 'MD5' })).statusCode).toBe(422);
    expect((await create({ ...john, algorithm: 'SHA-256' })).statusCode).toBe(200);
  });

  it('takes phone numbers of activated countries and stores them compactly', async () => {
    const phone = '+33 6 12 12 12 12';
    expect((await create({ ...john, phone })).json().errors).toHaveProperty('phone');
    await test.platform.db
      .updateTable('phone_countries')
      .set({ activated: 1 })
      .where('code', '=', 'FR')
      .execute();
    expect((await create({ ...john, phone })).json().phone).toBe('+33612121212');
    const again = await create({ ...john, username: 'jane', phone: '+33612121212' });
    expect(again.json().errors).toHaveProperty('phone');
    expect((await create({ ...john, username: 'jane', phone: '0612121212' })).statusCode).toBe(422);
  });
});

describe('GET /api/accounts', () => {
  it('A9: lists the accounts of the space of the host, for super administrators too', async () => {
    const root = await superAdmin();
    const domains = async (host: string) => {
      const reply = await test.request({ url: '/api/accounts', key: root, headers: { host } });
      return reply.json().data.map(({ domain }: { domain: string }) => domain);
    };
    expect(await domains('sip.example.com')).toEqual(['sip.example.com']);
    expect(await domains('super.example.com')).toEqual(['super.example.com']);
  });

  it('A10, A11: lets super administrators in everywhere, others only at home', async () => {
    const root = await superAdmin();
    const second = await test.createSpace({ domain: 'second.example.com' });
    const other = await test.createKey(
      await test.createAccount({ username: 'boss', admin: true }, second),
    );
    const status = async (withKey: string, host: string) =>
      (await test.request({ url: '/api/accounts', key: withKey, headers: { host } })).statusCode;
    expect(await status(root, 'sip.example.com')).toBe(200);
    expect(await status(root, 'second.example.com')).toBe(200);
    expect(await status(other, 'sip.example.com')).toBe(403);
    expect(await status(other, 'second.example.com')).toBe(200);
  });

  it('A37: says how many there are; each shows its phone', async () => {
    const { id } = (await create(john)).json();
    const list = (await test.request({ url: '/api/accounts', key })).json();
    expect(list).toMatchObject({ total: 2, per_page: 20, from: 1, to: 2 });
    expect(list.data[1]).not.toHaveProperty('passwords');
    expect(list.data[1]).toHaveProperty('phone_change_code', null);
    expect((await show(id)).json()).toMatchObject({ id, phone: null });
  });

  it('answers a page beyond the end with nothing', async () => {
    for (const page of [9, Number.MAX_SAFE_INTEGER]) {
      const reply = await test.request({ url: `/api/accounts?page=${page}`, key });
      expect(reply.json()).toMatchObject({ data: [], from: null, to: null, current_page: page });
    }
  });
});

describe('PUT /api/accounts/{id}', () => {
  it('A17, A18: replaces the dictionary', async () => {
    const { id } = (await create({ ...john, dictionary: { foo: 'bar' } })).json();
    for (let time = 0; time < 2; time++) {
      const reply = await update(id, { username: 'john', dictionary: { key: 'value' } });
      expect(reply.json().dictionary).toEqual({ key: 'value' });
    }
    expect((await show(id)).json().dictionary).toEqual({ key: 'value' });
  });

  it('A19: clears the dictionary by an empty list', async () => {
    const { id } = (await create({ ...john, dictionary: { foo: 'bar' } })).json();
    expect((await update(id, { username: 'john', dictionary: [] })).statusCode).toBe(200);
    expect((await show(id)).body).toContain('"dictionary":{}');
  });

  it('A21: blocks and unblocks', async () => {
    const { id } = (await create(john)).json();
    for (const blocked of [true, false]) {
      expect((await update(id, { username: 'john', blocked })).json().blocked).toBe(blocked);
    }
  });

  it('A28: checks the body before it looks for the account', async () => {
    const refused = await update(1234, {});
    expect(refused.statusCode).toBe(422);
    expect(Object.keys(refused.json().errors)).toEqual(['username']);
    expect((await update(1234, { username: 'john' })).statusCode).toBe(404);
  });

  it('A29: refuses another algorithm than that of the space', async () => {
    const { id } = (await create(john)).json();
    const reply = await update(id, { username: 'john', password: 'new', algorithm: 'MD5' });
    expect(reply.json().errors).toEqual({
      algorithm: ['The algorithm field must be one of: SHA-256.'],
    });
    const body = { username: 'john', password: 'new', algorithm: 'SHA-256' };
    expect((await update(id, body)).statusCode).toBe(200);
  });

  it('A30: clears what is absent, keeps activated, stores the password under the space algorithm', async () => {
    const { id } = (await create({ ...john, display_name: 'John', activated: true })).json();
    const reply = await update(id, { username: 'john', password: 'other' });
    expect(reply.json()).toMatchObject({
      display_name: null,
      activated: true,
      passwords: [{ algorithm: 'SHA-256' }],
    });
  });

  it('defect 8: keeps an unchanged e-mail address that must be unique', async () => {
    const email = 'john@example.org';
    const { id } = (await create({ ...john, email })).json();
    expect((await update(id, { username: 'john', email })).json().email).toBe(email);
  });

  it('defect 26: drops passwords that a new username makes useless', async () => {
    const { id } = (await create(john)).json();
    expect((await update(id, { username: 'johnny' })).json().passwords).toEqual([]);
    const kept = await update(id, { username: 'joe', password: 'again' });
    expect(kept.json().passwords).toEqual([{ algorithm: 'SHA-256' }]);
  });

  it('refuses the address of another account', async () => {
    const { id } = (await create(john)).json();
    expect(Object.keys((await update(id, { username: 'admin' })).json().errors)).toEqual([
      'username',
    ]);
  });

  it('moves accounts between spaces for super administrators only', async () => {
    const root = await superAdmin();
    const { id } = (await create(john)).json();
    const move = (withKey: string, domain = 'super.example.com') =>
      test.request({
        method: 'PUT',
        url: `/api/accounts/${id}`,
        body: { username: 'john', domain },
        key: withKey,
      });
    expect((await move(key)).json().domain).toBe('sip.example.com');
    expect((await move(root, 'SIP.Example.com')).json().domain).toBe('sip.example.com');
    expect((await move(root)).json().domain).toBe('super.example.com');
    expect((await show(id)).statusCode).toBe(404);
  });
});
