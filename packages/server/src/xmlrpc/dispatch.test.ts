import { decodeMethodResponse } from '@dialtone/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setSpaceDoors } from '../spaces/space.service.ts';
import { methods } from './methods.ts';
import {
  buildXmlRpcTest,
  call,
  domain,
  ha1,
  read,
  type XmlRpcTest,
} from './testing/xmlrpc-test.ts';

let test: XmlRpcTest;
beforeAll(async () => {
  test = await buildXmlRpcTest();
  await test.createAccount({ username: 'alice' });
});
afterAll(() => test.close());

const count = '<methodCall><methodName>get_accounts_count</methodName></methodCall>';

function withValue(value: string): string {
  return `<methodCall><methodName>is_account_used</methodName><params><param>${value}</param></params></methodCall>`;
}

describe('the endpoint', () => {
  it.each(['/xmlrpc', '/flexisip-account-manager/xmlrpc.php', '/wizard.php'])(
    'answers at %s in UTF-8 XML',
    async (url) => {
      const response = await test.post(count, { url });
      expect(response.statusCode).toBe(200);
      expect(response.headers['content-type']).toBe('text/xml; charset=utf-8');
      expect(read(response)).toBe('1');
    },
  );

  it.each(['GET', 'PUT', 'DELETE'] as const)('refuses %s: only POST calls', async (method) => {
    const response = await test.request({ method, url: '/xmlrpc' });
    expect(response.statusCode).toBe(405);
    expect(response.headers['allow']).toBe('POST');
  });

  it('does not look at the content type of a call', async () => {
    for (const type of ['text/xml', 'application/xml; charset=utf-8', 'text/plain']) {
      expect(read(await test.post(count, { headers: { 'content-type': type } }))).toBe('1');
    }
  });

  it('is closed where an administrator closed it', async () => {
    const space = await test.createSpace({ domain: 'closed.example.com' });
    await setSpaceDoors(test.platform, space.domain, { xmlrpc: false });
    const response = await test.post(count, { headers: { host: space.host } });
    expect(response.statusCode).toBe(403);
    expect(response.json()).toMatchObject({ code: 'space.feature_disabled' });
  });

  it('sees the accounts of its own space only', async () => {
    const other = await test.createSpace({ domain: 'other.example.com' });
    await test.createAccount({ username: 'bob' }, other);
    expect(await test.rpc('is_account_used', 'bob')).toBe('NOK');
    expect(await test.rpc('is_account_used', 'bob', other.domain)).toBe(
      'ERROR_ACCOUNT_DOESNT_EXIST',
    );
    expect(await test.rpc('get_accounts_count')).toBe('1');
  });
});

describe('a call', () => {
  it('xmlrpc 18: of an unknown method is a fault', async () => {
    expect(await test.rpc('no_such_method')).toBe('fault -32601');
    expect(await test.rpc('__proto__')).toBe('fault -32601');
    expect(await test.rpc('is_account_trial', 'alice')).toBe('fault -32601');
  });

  it('may come without params, with few or too many, with bare or numeric values', async () => {
    expect(await test.rpc('is_account_used')).toBe('ERROR_USERNAME_PARAMETER_NOT_FOUND');
    expect(await test.rpc('is_account_used', '')).toBe('ERROR_USERNAME_PARAMETER_NOT_FOUND');
    expect(await test.rpc('is_account_used', 'alice', null, 'x', 'y')).toBe('OK');
    expect(read(await test.post(withValue('<value>alice</value>')))).toBe('OK');
    expect(read(await test.post(withValue('<value><int>7</int></value>')))).toBe('NOK');
    expect(read(await test.post(withValue('<value><nil/></value>')))).toBe(
      'ERROR_USERNAME_PARAMETER_NOT_FOUND',
    );
  });

  const deep = `${'<value><array><data>'.repeat(500)}${'</data></array></value>'.repeat(500)}`;
  it.each([
    ['an empty body', '', -32700],
    ['text', 'hello', -32700],
    ['half a document', '<methodCall><methodName>x', -32700],
    ['a response', '<methodResponse/>', -32600],
    ['a call without name', '<methodCall><params/></methodCall>', -32600],
    ['an unspeakable name', '<methodCall><methodName>a b</methodName></methodCall>', -32600],
    ['a struct for a text', withValue('<value><struct/></value>'), -32600],
    ['an array for a text', withValue('<value><array><data/></array></value>'), -32600],
    ['a number that is none', withValue('<value><int>x</int></value>'), -32600],
    ['control characters', withValue('<value>al&#10;ice</value>'), -32600],
    ['an overlong text', withValue(`<value>${'a'.repeat(2000)}</value>`), -32600],
    ['a huge text', withValue(`<value>${'a'.repeat(500_000)}</value>`), -32700],
    ['deep nesting', withValue(deep), -32700],
    ['many parameters', withValue('<value/></param><param>'.repeat(5000)), -32700],
    [
      'an entity bomb',
      `<!DOCTYPE b [<!ENTITY a "${'x'.repeat(99)}"><!ENTITY b "&a;&a;&a;">]>${withValue('<value>&b;</value>')}`,
      -32700,
    ],
    [
      'an external entity',
      `<!DOCTYPE b [<!ENTITY a SYSTEM "file:///etc/passwd">]>${withValue('<value>&a;</value>')}`,
      -32700,
    ],
  ])('that is %s gets a fault', async (_, body, code) => {
    const response = await test.post(body);
    expect(response.headers['content-type']).toBe('text/xml; charset=utf-8');
    expect(read(response)).toBe(`fault ${code}`);
  });

  it('that fails inside is an internal fault without details', async () => {
    const broken = await buildXmlRpcTest();
    await broken.platform.db.schema.dropTable('dialtone_confirmation_keys').execute();
    const args = ['carol', 'carol@mail.example', ha1('carol', 'secret'), 'Phone/1.0', domain];
    const response = await broken.post(call('create_email_account', ...args));
    expect(read(response)).toBe('fault -32603');
    expect(response.body).not.toContain('dialtone_');
    // And nothing of the account is left.
    expect(await broken.rpc('is_account_used', 'carol')).toBe('NOK');
    await broken.close();
  });

  it('of any bytes is answered, and changes nothing', async () => {
    const names = methods.flatMap((method) => method.names);
    const argument = fc.oneof(fc.string(), fc.constantFrom('alice', '+33612345678', domain, ''));
    const body = fc.oneof(
      fc.string(),
      fc
        .record({ name: fc.constantFrom(...names), args: fc.array(argument, { maxLength: 8 }) })
        .map(({ name, args }) => call(name, ...args)),
    );
    await fc.assert(
      fc.asyncProperty(body, async (text) => {
        const response = await test.post(text);
        expect([200, 401]).toContain(response.statusCode);
        if (response.statusCode === 200) decodeMethodResponse(response.body);
      }),
      { numRuns: 200 },
    );
    expect(await test.rpc('is_account_used', 'alice')).toBe('OK');
  });
});

it('xmlrpc 16: every result is a <string> with text', async () => {
  for (const { names } of methods) {
    for (const name of names) {
      const response = await test.post(call(name, 'nobody', 'x@y.example', 'z'));
      if (response.statusCode !== 200) continue;
      const { body } = response;
      expect(body).toMatch(/<fault>|<value><string>[^<]+<\/string><\/value>/);
    }
  }
});
