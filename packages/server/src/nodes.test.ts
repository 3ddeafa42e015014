import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  answerChallenge,
  parseChallenges,
  selectChallenge,
  serializeCredentials,
} from '@dialtone/sip/digest';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Account } from './accounts/account.ts';
import { createAccount } from './accounts/create-account.ts';
import { createAdministrator } from './accounts/create-administrator.ts';
import { readConfig } from './config/env.ts';
import { transaction } from './db/transaction.ts';
import { type RunningServer, startServer } from './main.ts';
import { issueProvisioning } from './provisioning/issue-provisioning.ts';
import { createSpace } from './spaces/space.service.ts';
import { type DatabaseGate, openDatabaseGate } from './testing/database-gate.ts';
import { type RedisServer, startRedisServer } from './testing/redis-server.ts';

const HOST = '127.0.0.1';
const PASSWORD = 'secret';

interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Reply {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

async function ask(node: RunningServer, path: string, { method = 'GET', headers, body }: Ask = {}) {
  const sent = request(`${node.url}${path}`, { method, headers: { ...headers }, agent: false });
  sent.end(body);
  const [response]: IncomingMessage[] = await once(sent, 'response');
  if (response === undefined) throw new Error('no answer');
  const reply: Reply = {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: await text(response),
  };
  return reply;
}

describe.each(['mysql', 'postgres'] as const)('two nodes on one %s and one Redis', (engine) => {
  let gate: DatabaseGate;
  let redis: RedisServer;
  let folder: string;
  let first: RunningServer;
  let second: RunningServer;
  let alice: Account;
  let apiKey: string;

  const startNode = () =>
    startServer(
      readConfig({
        DIALTONE_HOST: HOST,
        DIALTONE_PORT: '0',
        DIALTONE_DATA: folder,
        DIALTONE_DATABASE: gate.url,
        DIALTONE_REDIS: redis.url,
        DIALTONE_REGISTRAR: 'off',
        DIALTONE_LOG_LEVEL: 'silent',
        APP_KEY: 'a key that all nodes share, long enough',
      }),
    );

  beforeAll(async () => {
    gate = await openDatabaseGate(engine);
    redis = await startRedisServer();
    folder = await mkdtemp(join(tmpdir(), 'dialtone-nodes-'));
    [first, second] = await Promise.all([startNode(), startNode()]);
    const { platform } = first;
    const space = await createSpace(platform, {
      domain: 'sip.example.com',
      host: HOST,
      name: 'Test',
      switches: { super: true },
    });
    const account = { username: 'alice', password: PASSWORD, activated: true, ipAddress: HOST };
    alice = await createAccount(platform, space, account);
    const administrator = { username: 'root', password: PASSWORD, keyName: 'test' };
    ({ apiKey } = await createAdministrator(platform, space, administrator));
  });

  afterAll(async () => {
    await Promise.all([first.close(), second.close()]);
    await redis.stop();
    await gate[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  it('start together on an empty database', async () => {
    const replies = await Promise.all([ask(first, '/readyz'), ask(second, '/readyz')]);
    expect(replies.map(({ status }) => status)).toEqual([200, 200]);
  });

  it('answer each other’s digest challenges', async () => {
    const path = '/api/accounts/me';
    const from = 'sip:alice@sip.example.com';
    const { headers } = await ask(first, path, { headers: { from } });
    const challenges = parseChallenges([headers['www-authenticate'] ?? ''].flat());
    const challenge = selectChallenge(challenges);
    if (challenge === undefined) throw new Error('no challenge');
    const authorization = serializeCredentials(
      answerChallenge(challenge, {
        username: 'alice',
        secret: { password: PASSWORD },
        method: 'GET',
        uri: path,
        nonceCount: 1,
        cnonce: '0a4f113b',
      }),
    );
    const reply = await ask(second, path, { headers: { from, authorization } });
    expect(reply.status).toBe(200);
    expect(reply.body).toContain('"alice"');
  });

  it('give a provisioning document once, whoever is asked', async () => {
    const { url } = await issueProvisioning(first.platform, alice, { baseUrl: first.url });
    const { pathname } = new URL(url);
    const headers = { 'x-linphone-provisioning': '1' };
    const replies = await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        ask(i % 2 === 0 ? first : second, pathname, { headers }),
      ),
    );
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200, 404]));
  });

  it('share sessions of browsers', async () => {
    const page = await ask(first, '/login');
    const [, token = ''] = /name="_token" value="([^"]+)"/.exec(page.body) ?? [];
    const cookiesOf = ({ headers }: Reply) =>
      (headers['set-cookie'] ?? []).map((cookie) => cookie.split(';', 1)[0]).join('; ');
    const signedIn = await ask(second, '/authenticate', {
      method: 'POST',
      headers: {
        cookie: cookiesOf(page),
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({
        _token: token,
        username: 'alice',
        password: PASSWORD,
      }).toString(),
    });
    expect([signedIn.status, signedIn.headers.location]).toEqual([302, '/dashboard']);
    const dashboard = await ask(first, '/dashboard', { headers: { cookie: cookiesOf(signedIn) } });
    expect(dashboard.body).toContain('alice@sip.example.com');
  });

  it('count calls against one limit', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 61; i++) {
      const node = i % 2 === 0 ? first : second;
      statuses.push((await ask(node, '/api/accounts/auth_token', { method: 'POST' })).status);
    }
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
    expect(statuses.at(-1)).toBe(429);
  });

  it('finish what is under way when one of them is stopped; the other goes on', async () => {
    const third = await startNode();
    const path = '/api/accounts';
    const body = JSON.stringify({ username: 'late', password: PASSWORD });
    const sent = request(`${third.url}${path}`, {
      method: 'POST',
      headers: {
        'x-api-key': apiKey,
        accept: 'application/json',
        'content-type': 'application/json',
        'content-length': String(body.length),
      },
    });
    sent.write(body.slice(0, 10));
    await once(sent, 'socket').then(([socket]) => once(socket, 'connect'));
    // Its connection is accepted in order with this one.
    expect((await ask(third, '/healthz')).status).toBe(200);
    const closingAt = performance.now();
    const closing = third.close();
    const another = () => ask(third, '/healthz').catch((error: unknown) => String(error));
    await expect.poll(another).toMatch(/ECONNREFUSED/);
    sent.end(body.slice(10));
    const [response]: IncomingMessage[] = await once(sent, 'response');
    expect(response?.statusCode).toBe(200);
    await closing;
    // A connection that the client would keep is not waited for.
    expect(performance.now() - closingAt).toBeLessThan(5000);
    const headers = { 'x-api-key': apiKey, accept: 'application/json' };
    const found = await ask(second, '/api/accounts/late@sip.example.com/search', { headers });
    expect(found.status).toBe(200);
  });

  it('say when the database is away, and serve again when it is back', async () => {
    const states = async () => {
      const paths = ['/healthz', '/readyz', '/api/accounts/me'];
      const headers = { 'x-api-key': apiKey, accept: 'application/json' };
      const replies = await Promise.all(paths.map((path) => ask(first, path, { headers })));
      return replies.map(({ status }) => status);
    };
    expect(await states()).toEqual([200, 200, 200]);
    const [begun, away] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const interrupted = transaction(first.platform.db, async (trx) => {
      await sql`select 1`.execute(trx);
      begun.resolve();
      await away.promise;
    });
    await begun.promise;
    await gate.close();
    // The loss is noticed while no query of the transaction is under way.
    await new Promise(setImmediate);
    away.resolve();
    await expect(interrupted).rejects.toBeInstanceOf(Error);
    expect(await states()).toEqual([200, 503, 503]);
    const reply = await ask(first, '/api/accounts/me', { headers: { 'x-api-key': apiKey } });
    expect(reply.headers['retry-after']).toBe('5');
    expect(reply.body).toContain('service.unavailable');
    await gate.open();
    await expect.poll(states, { timeout: 10_000 }).toEqual([200, 200, 200]);
    expect((await ask(second, '/readyz')).status).toBe(200);
  });
});
