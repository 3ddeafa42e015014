import { afterEach, describe, expect, it } from 'vitest';
import type { AccountHooks } from '../../accounts/account-hooks.ts';
import { readConfig } from '../../config/env.ts';
import { createLogger } from '../../log/logger.ts';
import {
  buildProvisioningTest,
  entriesOf,
  type ProvisioningTest,
} from '../testing/provisioning-test.ts';
import type { ProvisioningHooks } from './provisioning-hooks.ts';

let test: ProvisioningTest;
let logged: string[];

async function start(provisioningHooks: ProvisioningHooks, accountHooks?: AccountHooks) {
  logged = [];
  const log = createLogger(readConfig({}), { write: (line) => void logged.push(line) });
  test = await buildProvisioningTest({ log, platform: { provisioningHooks, accountHooks } });
}

const failures = () =>
  logged.map((line) => JSON.parse(line)).filter(({ level }) => Number(level) >= 50);

afterEach(() => test.close());

describe('provisioning hooks', () => {
  it('are asked for each public document', async () => {
    let asked = 0;
    await start({
      additionalSections: (section) => section('misc').set('asked', String(++asked)),
    });
    for (const expected of ['1', '2']) {
      const reply = await test.phone('/provisioning');
      expect(entriesOf(reply)).toMatchObject({ 'misc/asked': expected });
    }
  });

  it('change the sections of the account, add others and see request, space and account', async () => {
    const seen: unknown[] = [];
    await start({
      proxy: async (section, { header, query, space }, account) => {
        await Promise.resolve();
        seen.push(section.name, header('x-floor'), query['room'], space.domain, account.username);
        section.set('reg_expires', 600);
        section.delete('idkey');
      },
      authInfo: (section) => section.set('userid', section.get('username') ?? ''),
      additionalSections: (section, _request, account) => {
        section('sip').set('use_ipv6', false, { overwrite: false });
        section('app').set('default_domain', account?.domain ?? 'nobody');
      },
    });
    const headers = { 'x-floor': '3' };
    const reply = await test.phone('/provisioning/me?room=12', { key: test.key, headers });
    const all = entriesOf(reply);
    expect(seen).toEqual(['proxy_0', '3', '12', 'sip.example.com', 'ann']);
    expect(all).toMatchObject({
      'proxy_0/reg_expires': '600',
      'auth_info_0/userid': 'ann',
      'app/default_domain': 'sip.example.com',
    });
    expect(all['proxy_0/idkey']).toBeUndefined();
    expect(reply.body).toContain('<entry name="use_ipv6">0</entry>');
    expect(reply.body).toContain('<entry name="reg_expires" overwrite="true">600</entry>');
    expect(entriesOf(await test.phone('/provisioning'))['app/default_domain']).toBe('nobody');
  });

  it('are given the section of the account whatever its number is', async () => {
    const names: string[] = [];
    await start({ authInfo: (section) => void names.push(section.name) });
    await test.platform.db
      .updateTable('spaces')
      .set({ custom_provisioning_entries: '[auth_info_0]\nusername=trunk\npasswd=x' })
      .execute();
    const all = entriesOf(await test.phone('/provisioning/me', { key: test.key }));
    expect(names).toEqual(['auth_info_1']);
    expect(all).toMatchObject({ 'auth_info_0/username': 'trunk', 'auth_info_1/username': 'ann' });
  });

  it.each(['proxy', 'authInfo', 'additionalSections'] as const)(
    'spend nothing when %s throws: 500, and a log line that names it',
    async (name) => {
      await start({
        [name]: () => {
          throw new Error('password=secret1');
        },
      });
      const token = await test.newToken();
      const before = await test.storedHashes();
      const reply = await test.phone(`/provisioning/${token}?reset_password`);
      expect(reply.statusCode).toBe(500);
      expect(reply.body).not.toContain('secret1');
      expect(await test.isUnused(token)).toBe(true);
      expect(await test.isActivated()).toBe(false);
      expect(await test.storedHashes()).toEqual(before);
      expect(failures()[0].err.message).toBe(`hook provisioning.${name} failed`);
      expect(logged.join()).not.toContain('secret1');
    },
  );

  it.each([
    ['proxy_0', 'reg_expires', undefined, 'no value for a phone: [proxy_0] reg_expires'],
    ['proxy_0', 'reg_expires', Number.NaN, 'no value for a phone: [proxy_0] reg_expires'],
    ['proxy_0', 'reg_expires', { s: 600 }, 'no value for a phone: [proxy_0] reg_expires'],
    ['app', 'note', 'two\nlines', 'no value for a phone: [app] note'],
    ['app', 'note', 'nul\0', 'no value for a phone: [app] note'],
    ['app', 'note', 'half \ud83d', 'no value for a phone: [app] note'],
    ['app', 'a b', 1, 'no key: [app] "a b"'],
    ['app', '', 1, 'no key: [app] ""'],
    ['a b', 'note', 1, 'no section name: "a b"'],
  ])(
    'cannot give phones what these could not keep: [%s] %s = %j',
    async (name, key, value, why) => {
      await start({
        // @ts-expect-error -- a module without types can do it
        additionalSections: (section) => section(name).set(key, value),
      });
      const token = await test.newToken();
      expect((await test.phone(`/provisioning/${token}`)).statusCode).toBe(500);
      expect(failures()[0].err).toMatchObject({
        message: 'hook provisioning.additionalSections failed',
        cause: { message: why },
      });
      expect(await test.isUnused(token)).toBe(true);
    },
  );

  it('are cut off after five seconds, and leave no timer behind', async () => {
    await start({ proxy: () => new Promise(() => {}) });
    const token = await test.newToken();
    const reply = test.phone(`/provisioning/${token}`);
    while (test.clock.pending === 0) await test.clock.settle();
    await test.clock.advanceAsync(5000);
    expect((await reply).statusCode).toBe(500);
    expect(failures()[0].err.message).toBe('hook provisioning.proxy takes longer than 5000 ms');
    expect(test.clock.pending).toBe(0);
    expect(await test.isUnused(token)).toBe(true);
  });

  it('may fail late without harm', async () => {
    const { promise, reject } = Promise.withResolvers<void>();
    await start({ proxy: () => promise });
    const reply = test.phone('/provisioning/me', { key: test.key });
    while (test.clock.pending === 0) await test.clock.settle();
    await test.clock.advanceAsync(5000);
    expect((await reply).statusCode).toBe(500);
    reject(new Error('too late'));
    await test.clock.settle();
    expect((await test.phone('/provisioning/me')).statusCode).toBe(401);
  });
});

describe('account hooks', () => {
  it('are told what provisioning did to the account', async () => {
    const told: string[] = [];
    await start(
      {},
      {
        created: ({ username }) => void told.push(`created ${username}`),
        activated: ({ activated }) => void told.push(`activated ${String(activated)}`),
        passwordChanged: () => void told.push('password changed'),
      },
    );
    await test.phone(`/provisioning/${await test.newToken()}?reset_password`);
    expect(told).toEqual(['created ann', 'activated true', 'password changed']);
    await test.phone(`/provisioning/${await test.newToken()}`);
    expect(told.slice(3)).toEqual([]);
  });

  it('cannot take the document of a spent token from the phone', async () => {
    await start({}, { activated: () => Promise.reject(new Error('no')) });
    const reply = await test.phone(`/provisioning/${await test.newToken()}`);
    expect(reply.statusCode).toBe(200);
    expect(failures()[0].err.message).toBe('hook account.activated failed');
  });

  it('fail other requests, whose change stays', async () => {
    await start({}, { deleted: () => Promise.reject(new Error('no')) });
    const { key } = test;
    const reply = await test.request({ method: 'DELETE', url: '/api/accounts/me', key });
    expect(reply.statusCode).toBe(500);
    expect(failures()[0].err.message).toBe('hook account.deleted failed');
    expect(await test.isActivated()).toBeUndefined();
  });
});
