import { afterEach, beforeEach, expect, it } from 'vitest';
import { buildTestApp, type TestApp } from '../testing/build-test-app.ts';

let test: TestApp;

beforeEach(async () => {
  test = await buildTestApp();
  await test.platform.db
    .updateTable('phone_countries')
    .set({ activated: 1 })
    .where('code', '=', 'FR')
    .execute();
});

afterEach(() => test.close());

const list = async () => (await test.request({ url: '/api/phone_countries' })).json();

async function superKey(): Promise<string> {
  const space = await test.createSpace({ domain: 'super.example.com', switches: { super: true } });
  return test.createKey(await test.createAccount({ username: 'root', admin: true }, space));
}

it('flexiapi-more 72: are listed for anybody', async () => {
  const countries = await list();
  expect(countries).toHaveLength(242);
  expect(countries).toContainEqual({ code: 'FR', country_code: '33', activated: true });
  expect(countries).toContainEqual({ code: 'NL', country_code: '31', activated: false });
});

it('flexiapi-more 74, 75: are switched by super administrators', async () => {
  const change = (action: string, key: string | undefined) =>
    test.request({
      method: 'POST',
      url: `/api/phone_countries/${action}`,
      ...(key === undefined ? {} : { key }),
    });
  const admin = await test.createKey(await test.createAccount({ username: 'a', admin: true }));
  const root = await superKey();
  expect((await change('NL/activate', undefined)).statusCode).toBe(401);
  expect((await change('NL/activate', admin)).statusCode).toBe(403);
  expect((await change('nl/activate', root)).body).toBe('1');
  expect(await list()).toContainEqual({ code: 'NL', country_code: '31', activated: true });
  expect((await change('NL/deactivate', root)).statusCode).toBe(200);
  expect(await list()).toContainEqual({ code: 'NL', country_code: '31', activated: false });
  expect((await change('US/activate', root)).body).toBe('25');
  expect((await change('XX/activate', root)).statusCode).toBe(404);
});
