import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findAccountByAddress } from '../accounts/account.service.ts';
import { domain } from '../xmlrpc/testing/xmlrpc-test.ts';
import { alice, buildLegacyApiTest, type LegacyApiTest, phone } from './testing/legacy-api-test.ts';

let test: LegacyApiTest;
beforeEach(async () => {
  test = await buildLegacyApiTest();
});
afterEach(() => test.close());

const restart = async (...options: Parameters<typeof buildLegacyApiTest>) => {
  await test.close();
  test = await buildLegacyApiTest(...options);
};

describe('the setting', () => {
  const calls = [
    ['GET', `accounts/${alice}/info`],
    ['GET', `accounts/${phone}/info-by-phone`],
    ['GET', `accounts/${alice}/recover/1234`],
    ['POST', `accounts/${alice}/activate/email`],
    ['POST', 'tokens'],
  ] as const;

  it.each(calls)('is off by default: %s %s is not found', async (method, url) => {
    await restart({ DIALTONE_LEGACY_API: '' });
    await test.createAccount({ username: 'alice', phone });
    const reply = await test.request({ method, url: `/api/${url}`, body: {} });
    expect(reply.statusCode).toBe(404);
    expect(reply.json()).toMatchObject({ code: 'route.not_found' });
  });

  it('has the name of FAM too', async () => {
    await restart({ DIALTONE_LEGACY_API: '', APP_DANGEROUS_ENDPOINTS: 'true' });
    await test.createAccount({ username: 'alice' });
    expect((await test.get(`accounts/${alice}/info`)).statusCode).toBe(200);
  });

  it('is listed for readers of the API only where it is on', async () => {
    const paths = Object.keys((await test.get('openapi.json')).json().paths);
    expect(paths).toContain('/api/accounts/{sip}/recover/{key}');
  });
});

describe('look-ups', () => {
  it('tell no more than whether an account is activated', async () => {
    const { id } = await test.createAccount({ username: 'alice', phone });
    const info = { activated: false, realm: domain };
    expect((await test.get(`accounts/${alice}/info`)).json()).toEqual(info);
    expect((await test.get('accounts/alice%40SIP.example.com/info')).json()).toEqual(info);
    const key = await test.createKey({ id: await adminId() });
    await test.get(`accounts/${id}/activate`, key);
    expect((await test.get(`accounts/${alice}/info`)).json()).toEqual({ ...info, activated: true });
  });

  it('A23: no longer know an account that was deleted', async () => {
    const key = await test.createKey(await test.createAccount({ username: 'alice' }));
    expect((await test.get(`accounts/${alice}/info`)).statusCode).toBe(200);
    await test.request({ method: 'DELETE', url: '/api/accounts/me', key });
    expect((await test.get(`accounts/${alice}/info`)).statusCode).toBe(404);
  });

  it('do not know accounts of other spaces, nor texts that are no address', async () => {
    await test.createAccount({ username: 'bob' }, await test.createSpace({ domain: 'b.example' }));
    for (const sip of ['bob@b.example', 'bob', '@', `sip:alice@${domain}`, '%00', '1', 'public']) {
      expect((await test.get(`accounts/${sip}/info`)).statusCode).toBe(404);
    }
  });

  it('tell a number that is an alias from one that is a name', async () => {
    await test.createAccount({ username: 'alice', phone });
    await test.createAccount({ username: '+33612345679', allowPhoneNumberUsername: true });
    expect((await test.get(`accounts/${phone}/info-by-phone`)).json()).toMatchObject({
      phone: true,
    });
    expect((await test.get('accounts/+33612345679/info-by-phone')).json()).toMatchObject({
      phone: false,
    });
    for (const other of ['+33612345670', 'alice', '0612345678']) {
      expect((await test.get(`accounts/${other}/info-by-phone`)).statusCode).toBe(404);
    }
  });

  it('share their limit with those of XML-RPC', async () => {
    await restart({}, true);
    for (let call = 0; call < 30; call++) await test.rpc('is_account_used', 'alice', domain);
    for (let call = 0; call < 30; call++) await test.get(`accounts/${alice}/info`);
    expect((await test.get(`accounts/${alice}/info`)).statusCode).toBe(429);
  });
});

const adminId = async () => (await test.createAccount({ username: 'admin', admin: true })).id;

describe('administrators', () => {
  it('switch accounts on and off by GET, others do not', async () => {
    const account = await test.createAccount({ username: 'alice', activated: false });
    const url = (action: string) => `accounts/${account.id}/${action}`;
    const key = await test.createKey({ id: await adminId() });
    await test.request({ method: 'HEAD', url: `/api/${url('activate')}`, key });
    expect(await findAccountByAddress(test.platform, 'alice', domain)).toEqual(account);
    expect((await test.get(url('activate'), key)).json()).toMatchObject({ activated: true });
    expect((await test.get(url('deactivate'), key)).json()).toMatchObject({ activated: false });
    expect((await test.get(url('activate'), await test.createKey(account))).statusCode).toBe(403);
    expect((await test.get(url('activate'))).statusCode).toBe(401);
    expect((await test.get('accounts/9999/activate', key)).statusCode).toBe(404);
  });
});
