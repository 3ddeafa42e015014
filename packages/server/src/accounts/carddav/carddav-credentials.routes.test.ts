import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  insertCarddavServer,
  selectCarddavServers,
} from '../../spaces/carddav/carddav-server.repository.ts';
import { buildTestApp, type TestApp } from '../../testing/build-test-app.ts';
import type { Account } from '../account.ts';

let test: TestApp;
let account: Account;
let key: string;
let server: number;

beforeEach(async () => {
  test = await buildTestApp();
  account = await test.createAccount({ username: 'john' });
  key = await test.createKey(await test.createAccount({ username: 'admin', admin: true }));
  server = await insertCarddavServer(
    test.platform.db,
    test.space.id,
    {
      enabled: true,
      uri: 'https://carddav.example.com',
      minCharacters: 3,
      resultsLimit: 0,
      timeoutSeconds: 5,
      delayMs: 500,
      fieldsForUserInput: undefined,
      fieldsForDomain: undefined,
      useExactMatchPolicy: false,
    },
    test.clock.now(),
  );
});

afterEach(() => test.close());

async function allow(): Promise<void> {
  await test.platform.db.updateTable('spaces').set({ carddav_user_credentials: 1 }).execute();
}

const call = (method: 'GET' | 'PUT' | 'DELETE', suffix = '', body?: object, host?: string) =>
  test.request({
    method,
    url: `/api/accounts/${account.id}/carddavs${suffix}`,
    key,
    ...(body === undefined ? {} : { body }),
    ...(host === undefined ? {} : { headers: { host } }),
  });

const credentials = { username: 'john', realm: 'hop.com', password: '1234', algorithm: 'MD5' };

it('S13, defect 13: are kept per server while the space allows it', async () => {
  expect((await call('GET')).statusCode).toBe(403);
  await allow();
  expect((await call('GET')).body).toBe('{}');
  expect((await call('PUT', '/431', credentials)).statusCode).toBe(404);
  expect((await call('PUT', `/${server}`, credentials)).body).toBe('1');
  expect(await stored()).toEqual([{ password: 'ce44af78c5f81f5870818b8db523fd95' }]);
  expect((await call('PUT', `/${server}`, { ...credentials, realm: 'other' })).statusCode).toBe(
    200,
  );
  const shown = { carddav_id: server, username: 'john', realm: 'other', algorithm: 'MD5' };
  expect((await call('GET')).json()).toEqual({ [server]: shown });
  expect((await call('GET', `/${server}`)).json()).toEqual(shown);
  expect((await call('DELETE', `/${server}`)).statusCode).toBe(200);
  expect((await call('GET', `/${server}`)).statusCode).toBe(404);
  expect((await call('DELETE', `/${server}`)).statusCode).toBe(404);
  expect((await call('GET')).body).toBe('{}');
  expect(await selectCarddavServers(test.platform.db, [test.space.id])).toHaveLength(1);
});

function stored() {
  return test.platform.db.selectFrom('account_carddav_credentials').select('password').execute();
}

it('S14: are for administrators of the space', async () => {
  await allow();
  const second = await test.createSpace({ domain: 'second.example.com' });
  const other = await test.createAccount({ username: 'admin', admin: true }, second);
  const own = key;
  key = await test.createKey(other);
  expect((await call('GET')).statusCode).toBe(403);
  key = own;
  const foreign = await test.createAccount({ username: 'foreign' }, second);
  const url = `/api/accounts/${foreign.id}/carddavs`;
  expect((await test.request({ url, key })).statusCode).toBe(404);
  expect((await test.request({ url })).statusCode).toBe(401);
});

it('need every field', async () => {
  await allow();
  const reply = await call('PUT', `/${server}`, { algorithm: 'SHA-1' });
  expect(Object.keys(reply.json().errors)).toEqual(['username', 'password', 'realm', 'algorithm']);
});

it('defect 12: show the server in the account, without the hash', async () => {
  await allow();
  await call('PUT', `/${server}`, credentials);
  const reply = await test.request({ url: `/api/accounts/${account.id}`, key });
  expect(reply.json().carddav_servers).toMatchObject([
    { id: server, pivot: { account_id: account.id, username: 'john', realm: 'hop.com' } },
  ]);
  expect(reply.body).not.toContain('ce44af78c5f81f5870818b8db523fd95');
});
