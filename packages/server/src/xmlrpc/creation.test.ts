import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildXmlRpcTest, domain, ha1, type XmlRpcTest } from './testing/xmlrpc-test.ts';

let test: XmlRpcTest;
beforeEach(async () => {
  test = await buildXmlRpcTest();
});
afterEach(() => test.close());

const hash = ha1('alice', 'secret');

function create(username = 'alice', email = 'alice@mail.example', ...more: string[]) {
  return test.rpc('create_email_account', username, email, hash, 'Phone/1.0', domain, ...more);
}

describe('creation by email', () => {
  it('xmlrpc 8: sign-up: mail with key, activation, the hash of the creation', async () => {
    expect(await create()).toBe('OK');
    expect(await test.rpc('is_account_activated', 'alice', domain)).toBe('NOK');
    const key = await test.mailedKey();
    expect(await test.rpc('activate_email_account', 'alice', key, domain, 'SHA-256')).toBe(hash);
    expect(await test.rpc('is_account_activated', 'alice', domain, 'SHA-256')).toBe('OK');
  });
});

it('xmlrpc 12: the demo changes its password', async () => {
  await create();
  const next = ha1('alice', 'next');
  const change = ['update_hash', 'alice', hash, next, domain, 'SHA-256'] as const;
  expect(await test.rpc(...change)).toBe('status 401');
  expect(await test.rpcAs('alice', 'secret', ...change)).toBe('OK');
  expect(await test.rpcAs('alice', 'next', ...change)).toBe('ERROR_PASSWORD_DOESNT_MATCH');
});
