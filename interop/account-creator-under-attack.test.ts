import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { type AccountCreator, xmlRpcConnector } from '@dialtone/client';
import { createAccountCreationToken, listAccounts } from '@dialtone/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, assistantCore, flexiApiCore, statusName } from './support/creator.ts';
import { type Dialtone, startDialtone } from './support/dialtone.ts';
import { keyIn, textTo } from './support/outbox.ts';

const domain = 'sip.example.org';
const PARALLEL = 100;

let dialtone: Dialtone;
beforeAll(async () => {
  dialtone = await startDialtone({
    config: { DIALTONE_RATE_LIMITS: 'false', DIALTONE_LEGACY_API: 'true' },
  });
});
afterAll(() => dialtone[Symbol.asyncDispose]());

type Request = Parameters<AccountCreator['request']>[0];

/** How often each final status came, when everybody asks at the same moment. */
async function statuses(creators: readonly AccountCreator[], request: Request) {
  const calls = creators.map((creator) => creator.request(request));
  const finals = await Promise.all(calls.map(({ done }) => done));
  const counts: Record<string, number> = {};
  for (const { status } of finals) {
    const name = statusName(status);
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** So many creators, each of an application of its own. */
function creators(make: (index: number) => AccountCreator): AccountCreator[] {
  return Array.from({ length: PARALLEL }, (_, index) => make(index));
}

function overXmlRpc(index: number): AccountCreator {
  const creator = assistantCore(domain).createAccountCreator(`${dialtone.url}/xmlrpc`);
  creator.setUsername('alice');
  creator.setPassword(`secret ${index}`);
  creator.setEmail(`alice${index}@mail.example`);
  creator.setAlgorithm('SHA-256');
  return creator;
}

const newToken = async () => (await createAccountCreationToken(dialtone.platform, {})).token;

function overRest(username: string, token: string): AccountCreator {
  const creator = flexiApiCore(dialtone).createAccountCreator();
  creator.setUsername(username);
  creator.setPassword('secret');
  creator.setDomain(domain);
  creator.token = token;
  return creator;
}

const accountsNamed = async (pattern: RegExp) => {
  const { accounts } = await listAccounts(dialtone.platform, domain, { offset: 0, limit: 1000 });
  return accounts.filter(({ username }) => pattern.test(username)).length;
};

describe('a hundred at once', () => {
  it('who create one name over XML-RPC: one account is created', async () => {
    expect(await statuses(creators(overXmlRpc), 'createAccount')).toEqual({
      AccountCreated: 1,
      AccountExist: PARALLEL - 1,
    });
    expect(await accountsNamed(/^alice$/)).toBe(1);
  });

  it('who activate it with its key: one activates it', async () => {
    const { accounts } = await listAccounts(dialtone.platform, domain, { offset: 0, limit: 1000 });
    const email = accounts.find(({ username }) => username === 'alice')?.email ?? '';
    const key = keyIn(await textTo(dialtone.platform, email));
    const counts = await statuses(
      creators((index) => {
        const creator = overXmlRpc(index);
        creator.setActivationCode(key);
        if (creator.service)
          creator.service.activateAccountCb = xmlRpcConnector.activateEmailAccount;
        return creator;
      }),
      'activateAccount',
    );
    expect(counts).toMatchObject({ AccountActivated: 1 });
    expect(Object.keys(counts)).toEqual(
      expect.not.arrayContaining(['RequestFailed', 'AccountNotExist', 'ServerError']),
    );
  });

  it('who create one name over REST, each with a token: one account is created', async () => {
    const tokens = await Promise.all(Array.from({ length: PARALLEL }, newToken));
    const made = creators((index) => overRest('bob', tokens[index] ?? ''));
    expect(await statuses(made, 'createAccount')).toEqual({
      AccountCreated: 1,
      MissingArguments: PARALLEL - 1,
    });
    expect(await accountsNamed(/^bob$/)).toBe(1);
  });

  it('who create accounts with one token: one account is created', async () => {
    const token = await newToken();
    const made = creators((index) => overRest(`carol${index}`, token));
    expect(await statuses(made, 'createAccount')).toEqual({
      AccountCreated: 1,
      MissingArguments: PARALLEL - 1,
    });
    expect(await accountsNamed(/^carol\d+$/)).toBe(1);
  });
});

describe('what no client sends', () => {
  const call = (method: string, params: string): string =>
    `<?xml version="1.0"?><methodCall><methodName>${method}</methodName><params>${params}</params></methodCall>`;
  const param = (value: string): string => `<param><value>${value}</value></param>`;
  const text = (value: string): string => param(`<string>${value}</string>`);
  const deep = (depth: number): string =>
    `${'<value><array><data>'.repeat(depth)}${'</data></array></value>'.repeat(depth)}`;
  const entities = Array.from(
    { length: 10 },
    (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`,
  ).join('');
  const bomb = `<?xml version="1.0"?><!DOCTYPE b [<!ENTITY e0 "x">${entities}]><methodCall><methodName>&e10;</methodName></methodCall>`;
  const file = `<!DOCTYPE b [<!ENTITY f SYSTEM "file:///etc/passwd">]>${call('is_account_used', text('&f;'))}`;

  const bodies: readonly (readonly [string, string | Uint8Array])[] = [
    ['nothing', ''],
    ['no XML', 'hello'],
    ['JSON', '{"methodName":"is_account_used"}'],
    ['half a document', call('is_account_used', text('alice')).slice(0, 60)],
    ['an entity bomb', bomb],
    ['an external entity', file],
    ['deep nesting', call('is_account_used', param(deep(20_000)))],
    ['ten thousand params', call('is_account_used', text('alice').repeat(10_000))],
    ['a huge string', call('is_account_used', text('a'.repeat(900_000)))],
    ['a huge method name', call('a'.repeat(60_000), '')],
    ['a struct for a name', call('create_email_account', param('<struct></struct>').repeat(6))],
    ['numbers for texts', call('create_email_account', param('<int>7</int>').repeat(6))],
    ['a number that is none', call('is_account_used', param('<int>seven</int>'))],
    ['control characters', call('is_account_used', text('a&#0;&#1;b'))],
    ['half a surrogate', call('is_account_used', text('&#xD800;'))],
    ['bytes that are no UTF-8', Uint8Array.from({ length: 4096 }, (_, i) => (i * 197) % 256)],
    ['other names of the object', call('__proto__', '') + call('constructor', '')],
    ['SQL', call('is_account_used', text("' OR 1=1 --"))],
    ['a compressed bomb', gzipSync(Buffer.alloc(50_000_000))],
  ];

  const post = (path: string, body: string | Uint8Array, type = 'text/xml') =>
    fetch(`${dialtone.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    });

  /** What the server says to its friends meanwhile. */
  const health = async () => ({
    creator: await ask(overXmlRpc(0), 'isAccountExist'),
    ping: (await fetch(`${dialtone.url}/api/ping`)).status,
  });
  const healthy = { creator: 'AccountExist', ping: 200 };

  it.each(bodies)('%s: a fault or a refusal, and the server goes on', async (_, body) => {
    const before = await accountsNamed(/./);
    for (const path of ['/xmlrpc', '/wizard.php']) {
      const response = await post(path, body);
      const answer = await response.text();
      expect(`${response.status} ${answer}`).toMatch(
        /^(?:400|413|415) |^200 .*(?:<fault>|<string>(?:ERROR_\w+|NOK)<)/s,
      );
      expect(answer).not.toContain('root:');
    }
    expect(await accountsNamed(/./)).toBe(before);
    expect(await health()).toEqual(healthy);
  });

  it('all of it at once, again and again', async () => {
    const flood = Array.from({ length: 5 }, () => bodies).flat();
    const answers = await Promise.all(
      flood.map(async ([, body]) => {
        const response = await post('/xmlrpc', body);
        await response.arrayBuffer();
        return response.status;
      }),
    );
    expect(answers.filter((status) => status >= 500)).toEqual([]);
    expect(await health()).toEqual(healthy);
  });

  it.each([
    '/api/accounts/public',
    '/api/accounts/with-token',
    '/api/accounts/recover-by-phone',
    `/api/accounts/alice@${domain}/activate/email`,
    `/api/accounts/alice@${domain}/activate/phone`,
    '/api/tokens',
  ])('%s refuses every type but its own', async (path) => {
    const odd = [null, 7, true, [], [[]], {}, { a: 1 }, 'x'.repeat(500_000), '\u0000', '-1'];
    const fields = ['username', 'password', 'account_creation_token', 'token', 'phone', 'code'];
    for (const value of odd) {
      const body = Object.fromEntries(fields.map((field) => [field, value]));
      const response = await post(path, JSON.stringify(body), 'application/json');
      await response.arrayBuffer();
      expect([404, 413, 422]).toContain(response.status);
    }
    for (const body of ['', '{', '[]', 'null', '"x"', '{"password":'.repeat(5000)]) {
      const response = await post(path, body, 'application/json');
      await response.arrayBuffer();
      expect([400, 404, 422]).toContain(response.status);
    }
    expect(await health()).toEqual(healthy);
  });

  it('a hundred bodies that never end', async () => {
    const { hostname, port } = new URL(dialtone.url);
    const sockets = Array.from({ length: PARALLEL }, () => connect(Number(port), hostname));
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    for (const socket of sockets) {
      socket.write('POST /xmlrpc HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9999\r\n\r\n<met');
    }
    expect(await health()).toEqual(healthy);
    for (const socket of sockets) socket.destroy();
    expect(await health()).toEqual(healthy);
  });
});
