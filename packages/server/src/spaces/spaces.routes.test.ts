import { settableSpaceSwitches } from '@dialtone/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildTestApp, type TestApp } from '../testing/build-test-app.ts';
import type { Space } from './space.ts';

let test: TestApp;
let key: string;
let adminKey: string;

beforeEach(async () => {
  test = await buildTestApp({ now: Date.UTC(2026, 0, 1) });
  const space = await test.createSpace({ domain: 'super.example.com', switches: { super: true } });
  key = await test.createKey(await test.createAccount({ username: 'root', admin: true }, space));
  adminKey = await test.createKey(await test.createAccount({ username: 'admin', admin: true }));
});

afterEach(() => test.close());

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

const call = (method: Method, path: string, body?: object, withKey = key, host?: string) =>
  test.request({
    method,
    url: `/api/${path}`,
    key: withKey,
    ...(body === undefined ? {} : { body }),
    ...(host === undefined ? {} : { headers: { host } }),
  });

const newSpace = { name: 'New', domain: 'new.example.com', host: 'new.example.com' };

/** A space as it is read, to be changed and sent back. */
const read = async (domain: string) => (await call('GET', `spaces/${domain}`)).json();

describe('spaces', () => {
  it.each([
    ['GET', 'spaces'],
    ['POST', 'spaces'],
    ['GET', 'spaces/sip.example.com'],
    ['PUT', 'spaces/sip.example.com'],
    ['DELETE', 'spaces/sip.example.com'],
    ['GET', 'spaces/sip.example.com/email'],
    ['POST', 'spaces/sip.example.com/email'],
    ['DELETE', 'spaces/sip.example.com/email'],
    ['GET', 'spaces/sip.example.com/carddavs'],
    ['POST', 'spaces/sip.example.com/carddavs'],
    ['PUT', 'spaces/sip.example.com/carddavs/1'],
    ['DELETE', 'spaces/sip.example.com/carddavs/1'],
  ] as const)('S11: %s %s is for super administrators', async (method, path) => {
    expect((await test.request({ method, url: `/api/${path}` })).statusCode).toBe(401);
    expect((await call(method, path, {}, adminKey)).statusCode).toBe(403);
  });

  it.each([
    ['GET', 'spaces/unknown.example.com'],
    ['DELETE', 'spaces/unknown.example.com'],
    ['GET', 'spaces/unknown.example.com/email'],
    ['DELETE', 'spaces/unknown.example.com/email'],
    ['GET', 'spaces/unknown.example.com/carddavs'],
    ['GET', 'spaces/sip.example.com/carddavs/99'],
    ['GET', 'spaces/sip.example.com/carddavs/abc'],
    ['DELETE', 'spaces/sip.example.com/carddavs/99'],
  ] as const)('%s %s is not found', async (method, path) => {
    expect((await call(method, path)).statusCode).toBe(404);
  });

  it('S2, defect 10: are created, ready for SIP passwords', async () => {
    const reply = await call('POST', 'spaces', newSpace);
    expect(reply.statusCode).toBe(201);
    expect(reply.json()).toMatchObject({
      ...newSpace,
      super: false,
      disable_broadcast_feature: true,
      web_panel: true,
      theme_hue: 22,
      max_accounts: 0,
      unique_email: true,
    });
    expect(reply.json()).not.toHaveProperty('carddav_servers');
    expect((await read('new.example.com')).digest_authentication_configuration).toEqual({
      realm: 'new.example.com',
      default_password_algorithm: 'SHA-256',
    });
  });

  it('S3, defect 18, 28: need a valid domain and unique names', async () => {
    const faults = async (body: object) =>
      Object.keys((await call('POST', 'spaces', body)).json().errors);
    expect(await faults({ ...newSpace, domain: 'baddomain' })).toEqual(['domain']);
    expect(await faults({ ...newSpace, theme_hue: 400 })).toEqual(['theme_hue']);
    expect(await faults({ ...newSpace, super: 'false' })).toEqual(['super']);
    expect(await faults({ ...newSpace, expire_at: '2025-12-31' })).toEqual(['expire_at']);
    expect(await faults({ ...newSpace, expire_at: '2030-02-31' })).toEqual(['expire_at']);
    expect(await faults({ ...newSpace, custom_provisioning_entries: 'key=value' })).toEqual([
      'custom_provisioning_entries',
    ]);
    await call('POST', 'spaces', newSpace);
    expect(await faults(newSpace)).toEqual(['name', 'domain', 'host']);
  });

  it('S4: are listed', async () => {
    await call('POST', 'spaces', newSpace);
    expect((await call('GET', 'spaces')).json()).toContainEqual(expect.objectContaining(newSpace));
  });

  it.each(['PUT', 'PATCH'] as const)('S5: %s needs the complete object', async (method) => {
    await call('POST', 'spaces', newSpace);
    const space = await read('new.example.com');
    const partial = await call(method, 'spaces/new.example.com', { super: true });
    expect(partial.statusCode).toBe(422);
    for (const name of [...settableSpaceSwitches, 'max_accounts', 'max_account', 'name', 'host']) {
      const { [name]: _left, ...rest } = space;
      const refused = await call(method, 'spaces/new.example.com', rest);
      expect(Object.keys(refused.json().errors)).toEqual([name]);
    }
    const reply = await call(method, 'spaces/new.example.com', {
      ...space,
      super: true,
      hide_settings: true,
      domain: 'other.example.com',
    });
    expect(reply.json()).toMatchObject({
      domain: 'new.example.com',
      super: true,
      hide_settings: true,
    });
  });

  it('S6: are deleted with their accounts', async () => {
    await call('POST', 'spaces', newSpace);
    expect((await call('DELETE', 'spaces/new.example.com')).body).toBe('1');
    const list = (await call('GET', 'spaces')).json();
    expect(list.map(({ domain }: Space) => domain)).toEqual([
      'sip.example.com',
      'super.example.com',
    ]);
    expect(list[1]).toMatchObject({ super: true, max_accounts: 0, expire_at: null });
    await call('DELETE', 'spaces/sip.example.com');
    const left = await test.platform.db.selectFrom('accounts').select('username').execute();
    expect(left).toEqual([{ username: 'root' }]);
  });

  it('defect 14: are not there to delete when nobody has made them', async () => {
    const reply = await call('DELETE', 'spaces/unknown.example.com');
    expect([reply.statusCode, reply.json().code]).toEqual([404, 'space.not_found']);
  });

  it('cannot allow fewer accounts than they have, nor take names of others', async () => {
    await test.createAccount({ username: 'john' });
    const space = await read('sip.example.com');
    const few = await call('PUT', 'spaces/sip.example.com', { ...space, max_accounts: 1 });
    expect(Object.keys(few.json().errors)).toEqual(['max_accounts']);
    const enough = await call('PUT', 'spaces/sip.example.com', { ...space, max_accounts: 2 });
    expect(enough.statusCode).toBe(200);
    const taken = await call('PUT', 'spaces/sip.example.com', {
      ...space,
      name: 'super.example.com',
    });
    expect(Object.keys(taken.json().errors)).toEqual(['name']);
  });

  it('S1, S7: bound where administrators create accounts', async () => {
    const create = (domain: string, username: string, withKey: string) =>
      call('POST', 'accounts', { username, domain, password: '123456' }, withKey);
    expect((await create('sip.example.com', 'john', adminKey)).statusCode).toBe(200);
    const own = await create('super.example.com', 'john', adminKey);
    expect(Object.keys(own.json().errors)).toEqual(['username']);
    expect((await create('new.example.com', 'john', key)).statusCode).toBe(403);
    await call('POST', 'spaces', { ...newSpace, max_accounts: 1 });
    expect((await create('new.example.com', 'john', key)).statusCode).toBe(200);
    expect((await create('new.example.com', 'jane', key)).statusCode).toBe(403);
    const space = await read('sip.example.com');
    await call('PUT', 'spaces/sip.example.com', { ...space, super: true });
    expect((await create('super.example.com', 'john', adminKey)).statusCode).toBe(200);
  });

  it('S9: stop answering from their last day on, until it is moved', async () => {
    // The database helper of the tests writes what the API would refuse: a host with `_`, a past day.
    const expired = await test.createSpace({ domain: 'second_sip.example.com' });
    await test.platform.db
      .updateTable('spaces')
      .set({ expire_at: '2026-01-01 00:00:00' })
      .where('id', '=', expired.id)
      .execute();
    const create = () =>
      call('POST', 'accounts', { username: 'john', password: '123456' }, key, expired.host);
    expect((await create()).statusCode).toBe(403);
    const space = await read(expired.domain);
    const body = { ...space, expire_at: '2026-01-02' };
    const reply = await call('PUT', `spaces/${expired.domain}`, body);
    expect(reply.json().expire_at).toBe('2026-01-02T00:00:00.000000Z');
    expect((await create()).statusCode).toBe(200);
  });

  it('S10: show their digest and OIDC configuration, without the client secret', async () => {
    await test.platform.db
      .insertInto('space_oidc_authentication_configurations')
      .values({
        server_url: 'https://oidc.example.com/',
        realm: 'company',
        client_secret: 'hidden',
        space_id: test.space.id,
      })
      .execute();
    const space = await read('sip.example.com');
    expect(space.oidc_authentication_configuration).toMatchObject({
      server_url: 'https://oidc.example.com/',
      sip_identifier: 'sip_identity',
      auto_provisioning: false,
    });
    expect(JSON.stringify(space)).not.toContain('hidden');
  });
});

describe('mail servers', () => {
  it('S15: are set, replaced and removed', async () => {
    const path = 'spaces/sip.example.com/email';
    expect((await call('GET', path)).statusCode).toBe(404);
    const server = { host: 'smtp.example.com', port: 25 };
    expect((await call('POST', path, server)).statusCode).toBe(201);
    expect((await call('GET', path)).json()).toMatchObject(server);
    expect((await call('POST', path, { ...server, port: 587 })).statusCode).toBe(200);
    expect((await call('GET', path)).json()).toMatchObject({ ...server, port: 587 });
    expect((await call('DELETE', path)).body).toBe('1');
    expect((await call('GET', path)).statusCode).toBe(404);
  });

  it('defect 13: are named by the domain of the space, not by its host', async () => {
    await call('POST', 'spaces', { ...newSpace, host: 'www.new.example.com' });
    const server = { host: 'smtp.example.com', port: 25 };
    await call('POST', 'spaces/new.example.com/email', server);
    expect((await call('DELETE', 'spaces/www.new.example.com/email')).statusCode).toBe(404);
    expect((await call('DELETE', 'spaces/new.example.com/email')).body).toBe('1');
    expect((await call('GET', 'spaces/new.example.com/email')).statusCode).toBe(404);
  });

  it('keep their password out of the space object', async () => {
    const body = { host: 'smtp.example.com', port: 25, password: 'hidden' };
    await call('POST', 'spaces/sip.example.com/email', body);
    expect((await read('sip.example.com')).email_server).toMatchObject({ password: null });
  });

  it('need a host, a port and valid addresses', async () => {
    const faults = async (body: object) =>
      Object.keys((await call('POST', 'spaces/sip.example.com/email', body)).json().errors);
    expect(await faults({})).toEqual(['host', 'port']);
    expect(await faults({ host: '127.0.0.1', port: 'smtp', from_address: 'nobody' })).toEqual([
      'host',
      'port',
      'from_address',
    ]);
  });
});

describe('CardDAV servers', () => {
  it('S12, defect 13: are added, shown, replaced and removed', async () => {
    const path = 'spaces/sip.example.com/carddavs';
    expect((await call('GET', path)).json()).toEqual([]);
    const uri = 'https://carddav.example.com';
    const added = await call('POST', path, { uri });
    expect([added.statusCode, added.body]).toEqual([200, '1']);
    const [server] = (await call('GET', path)).json();
    expect(server).toMatchObject({ uri, enabled: false, min_characters: 3, delay: 500 });
    const one = `${path}/${server.id}`;
    expect((await call('GET', one)).json()).toEqual(server);
    const changed = { uri: `${uri}/new`, enabled: true, results_limit: 7 };
    expect((await call('PUT', one, changed)).body).toBe('1');
    expect((await call('GET', one)).json()).toMatchObject(changed);
    const wrong = await call('PUT', one, { uri, fields_for_domain: 'wrong _ data' });
    expect(Object.keys(wrong.json().errors)).toEqual(['fields_for_domain']);
    expect((await call('DELETE', one)).body).toBe('1');
    expect((await call('GET', one)).statusCode).toBe(404);
    expect((await call('GET', path)).json()).toEqual([]);
  });

  it('need an URL and sensible numbers', async () => {
    const path = 'spaces/sip.example.com/carddavs';
    const reply = await call('POST', path, { uri: 'nowhere', timeout: 0, delay: 99 });
    expect(Object.keys(reply.json().errors)).toEqual(['uri', 'timeout', 'delay']);
  });
});
