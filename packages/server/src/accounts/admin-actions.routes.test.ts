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

const create = (body: object) => test.request({ method: 'POST', url: '/api/accounts', body, key });
const update = (id: number, body: object) =>
  test.request({ method: 'PUT', url: `/api/accounts/${id}`, body, key });
const show = (id: number) => test.request({ url: `/api/accounts/${id}`, key });

const john = { username: 'john', password: '123456' };

describe('single accounts', () => {
  it('A34: deactivates and activates', async () => {
    const { id } = (await create({ ...john, activated: true })).json();
    for (const [action, activated] of [
      ['deactivate', false],
      ['activate', true],
    ] as const) {
      const url = `/api/accounts/${id}/${action}`;
      const reply = await test.request({ method: 'POST', url, key });
      expect(reply.json().activated).toBe(activated);
      expect((await show(id)).json().activated).toBe(activated);
    }
    const get = await test.request({ url: `/api/accounts/${id}/activate`, key });
    expect(get.statusCode).toBe(405);
  });

  it('A35, defect 25: are found by address', async () => {
    const { id } = (await create(john)).json();
    const search = (text: string) => test.request({ url: `/api/accounts/${text}/search`, key });
    expect((await search('john@sip.example.com')).json()).toMatchObject({
      id,
      activated: false,
      call_forwardings: [],
      passwords: [{ algorithm: 'SHA-256' }],
    });
    expect((await search('john%40sip.example.com')).statusCode).toBe(200);
    for (const text of ['wrong', 'sip:john@sip.example.com', 'john@second.example.com']) {
      expect((await search(text)).statusCode).toBe(404);
    }
    const resolved = await test.request({ url: '/api/resolve/john@sip.example.com', key });
    expect(resolved.headers['content-type']).toBe('application/json');
    expect(resolved.json()).toMatchObject({ type: 'account', payload: { id } });
  });

  it('A36: are found by e-mail address', async () => {
    const { id } = (await create({ ...john, email: 'john@example.org' })).json();
    const search = (email: string) =>
      test.request({ url: `/api/accounts/${email}/search-by-email`, key });
    expect((await search('john@example.org')).json()).toMatchObject({ id });
    expect((await search('jane@example.org')).statusCode).toBe(404);
  });

  it('A38: are deleted with a tombstone', async () => {
    const { id } = (await create(john)).json();
    const remove = () => test.request({ method: 'DELETE', url: `/api/accounts/${id}`, key });
    const tombstones = () =>
      test.platform.db.selectFrom('accounts_tombstones').select(['username', 'domain']).execute();
    const one = [{ username: 'john', domain: 'sip.example.com' }];
    const reply = await remove();
    expect([reply.statusCode, reply.body]).toEqual([200, '']);
    expect(await tombstones()).toEqual(one);
    // Whoever is renamed to the address and deleted too leaves no second one.
    const renamed = (await create({ ...john, username: 'jane' })).json().id;
    await update(renamed, { username: 'john' });
    await test.request({ method: 'DELETE', url: `/api/accounts/${renamed}`, key });
    expect(await tombstones()).toEqual(one);
    expect((await show(id)).statusCode).toBe(404);
    expect((await remove()).statusCode).toBe(404);
  });

  it('P19: get a new provisioning token', async () => {
    const before = (await create(john)).json();
    const url = `/api/accounts/${before.id}/provision`;
    const after = (await test.request({ url, key })).json();
    expect(after.provisioning_token).toMatch(/^[A-Za-z0-9]{13}$/);
    expect(after.provisioning_token).not.toBe(before.provisioning_token);
  });

  it('B2: are blocked and unblocked', async () => {
    const user = await test.createAccount({ username: 'user' });
    const userKey = await test.createKey(user);
    const me = async () =>
      (await test.request({ url: '/api/accounts/me', key: userKey })).statusCode;
    await test.request({ method: 'POST', url: `/api/accounts/${user.id}/block`, key });
    expect(await me()).toBe(403);
    await test.request({ method: 'POST', url: `/api/accounts/${user.id}/unblock`, key });
    expect(await me()).toBe(200);
  });

  it.each(['send_provisioning_email', 'send_reset_password_email'])(
    'A26, A27: %s needs an e-mail address and puts a mail into the outbox',
    async (action) => {
      const { id } = (await create(john)).json();
      const send = () =>
        test.request({ method: 'POST', url: `/api/accounts/${id}/${action}`, key });
      expect((await send()).statusCode).toBe(403);
      await update(id, { username: 'john', email: 'john@example.org' });
      const reply = await send();
      expect([reply.statusCode, reply.body]).toEqual([200, '']);
      const outbox = await test.platform.db.selectFrom('dialtone_outbox').selectAll().execute();
      expect(outbox).toMatchObject([{ kind: 'email', recipient: 'john@example.org' }]);
    },
  );

  it.each([
    ['GET', ''],
    ['DELETE', ''],
    ['POST', '/activate'],
    ['POST', '/deactivate'],
    ['POST', '/block'],
    ['POST', '/unblock'],
    ['GET', '/provision'],
    ['POST', '/send_provisioning_email'],
    ['POST', '/send_reset_password_email'],
  ] as const)('%s accounts/{id}%s is for administrators of the space', async (method, suffix) => {
    const second = await test.createSpace({ domain: 'second.example.com' });
    const foreign = await test.createAccount({ username: 'foreign' }, second);
    const status = async (id: string | number, withKey?: string) =>
      (
        await test.request({
          method,
          url: `/api/accounts/${id}${suffix}`,
          ...(withKey === undefined ? {} : { key: withKey }),
        })
      ).statusCode;
    const user = await test.createKey(await test.createAccount({ username: 'user' }));
    expect(await status(admin.id)).toBe(401);
    expect(await status(admin.id, user)).toBe(403);
    expect(await status(foreign.id, key)).toBe(404);
    expect(await status(9999, key)).toBe(404);
    expect(await status(9_999_999_999, key)).toBe(404);
    expect(await status('abc', key)).toBe(404);
  });
});
