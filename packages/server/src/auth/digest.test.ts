import { computeHa1, computeResponse } from '@dialtone/sip/digest';
import type { LightMyRequestResponse } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../accounts/account.ts';
import { buildTestApp, type TestApp } from '../testing/build-test-app.ts';

const url = '/api/accounts/me';
let test: TestApp;
let account: Account;
let from: string;

beforeEach(async () => {
  test = await buildTestApp();
  account = await test.createAccount({ username: 'alice', password: 'secret' });
  from = `sip:alice@${test.space.domain}`;
});
afterEach(() => test.close());

interface Answer {
  readonly algorithm?: 'MD5' | 'SHA-256';
  readonly password?: string;
  readonly nc?: string;
  readonly uri?: string;
  readonly nonce?: string;
  readonly method?: string;
}

interface Challenge {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string;
}

async function challengesOf(headers: Record<string, string> = {}) {
  const response = await test.request({ url, headers: { from, ...headers } });
  return { response, fields: [response.headers['www-authenticate'] ?? []].flat().map(String) };
}

async function challenge(): Promise<Challenge> {
  const { fields } = await challengesOf();
  const [first = ''] = fields;
  const read = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(first)?.[1] ?? '';
  return { realm: read('realm'), nonce: read('nonce'), opaque: read('opaque') };
}

function answer({ realm, nonce, opaque }: Challenge, options: Answer = {}): string {
  const { algorithm = 'SHA-256', password = 'secret', nc = '00000001', uri = url } = options;
  const ha1 = computeHa1({ algorithm, username: 'alice', realm, password });
  const sent = options.nonce ?? nonce;
  const auth = { nc, cnonce: '0a4f113b' };
  const method = options.method ?? 'GET';
  const response = computeResponse({ algorithm, ha1, method, uri, nonce: sent, auth });
  return `Digest username="alice", realm="${realm}", nonce="${sent}", uri="${uri}", response="${response}", algorithm=${algorithm}, cnonce="0a4f113b", opaque="${opaque}", qop=auth, nc=${nc}`;
}

function send(authorization: string, remoteAddress?: string, target = url) {
  return test.request({
    url: target,
    headers: { from, authorization },
    ...(remoteAddress === undefined ? {} : { remoteAddress }),
  });
}

function challengeText({ headers }: LightMyRequestResponse): string {
  return [headers['www-authenticate'] ?? []].flat().join('\n');
}

async function storePasswords(...algorithms: readonly ('MD5' | 'SHA-256')[]) {
  const { db } = test.platform;
  await db.deleteFrom('passwords').where('account_id', '=', account.id).execute();
  for (const algorithm of algorithms) {
    const realm = test.space.domain;
    const password = computeHa1({ algorithm, username: 'alice', realm, password: 'secret' });
    await db
      .insertInto('passwords')
      .values({ account_id: account.id, algorithm, password })
      .execute();
  }
}

describe('who calls', () => {
  it('D1: no From is 401 without a challenge', async () => {
    const response = await test.request({ url });
    expect(response.statusCode).toBe(401);
    expect(response.headers['www-authenticate']).toBeUndefined();
    expect(response.headers['content-type']).toBe('text/html; charset=UTF-8');
  });

  it('D2: From of an unknown account is 404', async () => {
    const response = await test.request({ url, headers: { from: 'sip:bob@sip.example.com' } });
    expect(response.statusCode).toBe(404);
    expect(response.json()).toMatchObject({ code: 'account.not_found' });
  });

  it('D3: a known From without Authorization is challenged', async () => {
    const { response, fields } = await challengesOf();
    expect(response.statusCode).toBe(401);
    expect(fields).toEqual([
      expect.stringMatching(
        /^Digest realm="sip\.example\.com",qop="auth",algorithm=SHA-256,nonce="[0-9a-f]{64}",opaque="[0-9a-f]{64}"$/,
      ),
    ]);
  });

  it.each([
    'alice@sip.example.com',
    '<sip:alice@sip.example.com>',
    'sip:sip.example.com',
    'x',
    '%zz',
  ])('defect 5: refuses From %s without a challenge', async (value) => {
    const { response, fields } = await challengesOf({ from: value });
    expect(response.statusCode).toBe(401);
    expect(fields).toEqual([]);
  });

  it('reads From up to the first semicolon, percent-decoded', async () => {
    const { response } = await challengesOf({ from: 'sips:%61lice@sip.example.com;tag=1' });
    expect(response.headers['www-authenticate']).toBeDefined();
  });

  it('D4: an API key beside a From is enough', async () => {
    const key = await test.createKey(account);
    const response = await test.request({ url, key, headers: { from: 'sip:bob@sip.example.com' } });
    expect(response.statusCode).toBe(200);
  });

  it('X9: an account without passwords gets 401 without a challenge', async () => {
    await storePasswords();
    const { response, fields } = await challengesOf();
    expect(response.statusCode).toBe(401);
    expect(fields).toEqual([]);
  });

  it('X7: an account that is not activated authenticates by digest and key', async () => {
    expect(account.activated).toBe(false);
    expect((await send(answer(await challenge()))).statusCode).toBe(200);
    expect((await test.request({ url, key: await test.createKey(account) })).statusCode).toBe(200);
  });
});

describe('the answer to a challenge', () => {
  it('D5: every stored password is challenged, in storage order, with one nonce', async () => {
    await storePasswords('MD5', 'SHA-256');
    const { fields } = await challengesOf();
    expect(fields.map((field) => /algorithm=([^,]+)/.exec(field)?.[1])).toEqual(['MD5', 'SHA-256']);
    expect(new Set(fields.map((field) => /nonce="[^"]+"/.exec(field)?.[0])).size).toBe(1);
  });

  it('D6: a nonce serves once for each count', async () => {
    const given = await challenge();
    expect((await send(answer(given))).statusCode).toBe(200);
    expect((await send(answer(given, { nc: '00000002' }))).statusCode).toBe(200);
    const replayed = await send(answer(given, { nc: '00000002' }));
    expect(replayed.statusCode).toBe(401);
    expect(replayed.body).toContain('Nonce replayed');
  });

  it('defect 4: never accepts a count below the highest one seen', async () => {
    const given = await challenge();
    expect((await send(answer(given, { nc: '00000005' }))).statusCode).toBe(200);
    expect((await send(answer(given, { nc: '00000002' }))).body).toContain('Nonce replayed');
  });

  it('never accepts a count that another node has seen', async () => {
    const given = await challenge();
    expect((await send(answer(given))).statusCode).toBe(200);
    await test.platform.db.updateTable('opaques').set({ nc: 3 }).execute();
    expect((await send(answer(given, { nc: '00000003' }))).body).toContain('Nonce replayed');
    expect((await send(answer(given, { nc: '00000004' }))).statusCode).toBe(200);
  });

  it('ends a session in use when it is deleted, with a new challenge', async () => {
    const given = await challenge();
    expect((await send(answer(given))).statusCode).toBe(200);
    await test.platform.db.deleteFrom('opaques').execute();
    await challenge();
    const response = await send(answer(given, { nc: '00000002' }));
    expect(response.statusCode).toBe(401);
    expect(challengeText(response)).not.toContain(given.nonce);
  });

  it('knows a new password, a block and a deletion at once', async () => {
    const { db } = test.platform;
    const given = await challenge();
    expect((await send(answer(given))).statusCode).toBe(200);
    const password = computeHa1({
      algorithm: 'SHA-256',
      username: 'alice',
      realm: given.realm,
      password: 'other',
    });
    await db.updateTable('passwords').set({ password }).execute();
    expect((await send(answer(given, { nc: '00000002' }))).statusCode).toBe(401);
    const changed = { nc: '00000003', password: 'other' };
    expect((await send(answer(given, changed))).statusCode).toBe(200);
    await db.updateTable('accounts').set({ blocked: 1 }).execute();
    expect((await send(answer(given, { ...changed, nc: '00000004' }))).statusCode).toBe(403);
    await db.deleteFrom('accounts').execute();
    expect((await send(answer(given, { ...changed, nc: '00000005' }))).statusCode).toBe(404);
  });

  it('lets one of many simultaneous requests with the same count through', async () => {
    const authorization = answer(await challenge());
    const responses = await Promise.all(Array.from({ length: 20 }, () => send(authorization)));
    expect(responses.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
  });

  it('D7: a session that was deleted is an invalid opaque, with a new challenge', async () => {
    await storePasswords('MD5');
    const given = await challenge();
    await test.platform.db.deleteFrom('opaques').execute();
    const response = await send(answer(given, { algorithm: 'MD5' }));
    expect(response.statusCode).toBe(401);
    expect(response.body).toContain('Invalid opaque');
    expect(challengeText(response)).toContain('algorithm=MD5');
  });

  it('D8: MD5 succeeds and the answer repeats the challenge', async () => {
    await storePasswords('MD5');
    const given = await challenge();
    const response = await send(answer(given, { algorithm: 'MD5' }));
    expect(response.statusCode).toBe(200);
    expect(challengeText(response)).toContain('algorithm=MD5');
    expect(challengeText(response)).toContain(given.nonce);
  });

  it('repeats the challenge for the passwords that there are now', async () => {
    await storePasswords('MD5');
    const given = await challenge();
    const algorithms = async (nc: string) =>
      challengeText(await send(answer(given, { algorithm: 'MD5', nc }))).match(/MD5|SHA-256/g);
    expect(await algorithms('00000001')).toEqual(['MD5']);
    await storePasswords('MD5', 'SHA-256');
    expect(await algorithms('00000002')).toEqual(['MD5', 'SHA-256']);
    await storePasswords('MD5');
    expect(await algorithms('00000003')).toEqual(['MD5']);
  });

  it('D9: a session in use is an invalid opaque from another address, and goes on from its own', async () => {
    const given = await challenge();
    expect((await send(answer(given))).statusCode).toBe(200);
    const response = await send(answer(given, { nc: '00000002' }), '192.0.2.7');
    expect(response.statusCode).toBe(401);
    expect(response.body).toContain('Invalid opaque');
    expect((await send(answer(given, { nc: '00000002' }))).statusCode).toBe(200);
  });

  it('D9: an answer from another address is an invalid opaque', async () => {
    const response = await send(answer(await challenge()), '192.0.2.7');
    expect(response.statusCode).toBe(401);
    expect(response.body).toContain('Invalid opaque');
  });

  it('D10: SHA-256 succeeds and the answer repeats the challenge', async () => {
    const response = await send(answer(await challenge()));
    expect(response.statusCode).toBe(200);
    expect(challengeText(response)).toContain('algorithm=SHA-256');
  });

  it('repeats the challenge on refusals of the handler too', async () => {
    const target = `${url}/services/turn`;
    const given = await challenge();
    const response = await send(answer(given, { uri: target }), undefined, target);
    expect(response.statusCode).toBe(404);
    expect(challengeText(response)).toContain(given.nonce);
  });

  it('D11: MD5 for an account that only has SHA-256 is 401', async () => {
    const response = await send(answer(await challenge(), { algorithm: 'MD5' }));
    expect(response.statusCode).toBe(401);
  });

  it('D12: a wrong password is 401 with new challenges', async () => {
    const response = await send(answer(await challenge(), { password: 'wrong' }));
    expect(response.statusCode).toBe(401);
    expect(response.headers['www-authenticate']).toBeDefined();
  });

  it('defect 3: refuses a nonce that was not the one given', async () => {
    const response = await send(answer(await challenge(), { nonce: 'f'.repeat(64) }));
    expect(response.statusCode).toBe(401);
  });

  it('says stale when the challenge is too old', async () => {
    const given = await challenge();
    test.clock.advance(61 * 60_000);
    const response = await send(answer(given));
    expect(response.statusCode).toBe(401);
    expect(challengeText(response)).toContain('stale=true');
  });

  it('X11: the uri is the path without the query', async () => {
    const withQuery = `${url}?page=1`;
    const refused = await send(answer(await challenge(), { uri: withQuery }), undefined, withQuery);
    expect(refused.statusCode).toBe(422);
    expect(refused.json()).toMatchObject({ errors: { uri: [expect.any(String)] } });
    const accepted = await send(answer(await challenge()), undefined, withQuery);
    expect(accepted.statusCode).toBe(200);
  });

  it.each([
    'Digest',
    'Digest garbage',
    'Digest nonce=',
    'Basic YWxpY2U6c2VjcmV0',
    'Bearer abc',
    'Digest username="alice", realm="r", nonce="n", uri="/", response="x"',
    'Digest username="alice", realm="r", nonce="n", uri="/", response="x", opaque="o", qop=auth, nc=zz, cnonce="c"',
  ])('defect 5: answers %s with a fresh challenge', async (authorization) => {
    const response = await send(authorization);
    expect(response.statusCode).toBe(401);
    expect(response.headers['www-authenticate']).toBeDefined();
  });
});

describe('an API key by digest', () => {
  it('K1: comes in the body and as a plain cookie', async () => {
    const target = `${url}/api_key`;
    const given = await challenge();
    const response = await send(answer(given, { uri: target }), undefined, target);
    expect(response.statusCode).toBe(200);
    expect(response.body).toMatch(/^[A-Za-z0-9]{40}$/);
    expect(response.headers['set-cookie']).toContain(`x-api-key=${response.body};`);
  });
});

describe('guessing', () => {
  it('stops after many wrong passwords, even for the right one', async () => {
    await test.close();
    test = await buildTestApp({ rateLimits: true });
    account = await test.createAccount({ username: 'alice', password: 'secret' });
    for (let guess = 0; guess < 30; guess++) {
      await send(answer(await challenge(), { password: `guess ${guess}` }));
    }
    const response = await send(answer(await challenge()));
    expect(response.statusCode).toBe(429);
    expect(Number(response.headers['retry-after'])).toBeGreaterThan(0);
    test.clock.advance(300_000);
    expect((await send(answer(await challenge()))).statusCode).toBe(200);
  });
});
