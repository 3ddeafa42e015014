import { afterEach, describe, expect, it } from 'vitest';
import { buildTestApp, type TestApp } from '../testing/build-test-app.ts';

let test: TestApp;
afterEach(() => test.close());

const day = 86_400_000;

async function expire(domain: string, ms: number): Promise<void> {
  await test.platform.db
    .updateTable('spaces')
    .set({ expire_at: new Date(ms).toISOString().slice(0, 19).replace('T', ' ') })
    .where('domain', '=', domain)
    .execute();
}

describe('the host of a request', () => {
  it('X2: an unknown host is 404 JSON on every path; port and letter case do not matter', async () => {
    test = await buildTestApp();
    for (const url of ['/api/ping', '/provisioning', '/nothing', '/up']) {
      const response = await test.request({ url, headers: { host: 'other.example.com' } });
      expect(response.statusCode).toBe(404);
      expect(response.json()).toMatchObject({ code: 'space.host_unknown' });
    }
    const response = await test.request({
      url: '/api/ping',
      headers: { host: 'SIP.Example.com:8443' },
    });
    expect(response.body).toBe('pong');
    expect(response.headers['content-type']).toBe('text/html; charset=UTF-8');
  });

  it('does not believe X-Forwarded-Host', async () => {
    test = await buildTestApp({ config: { DIALTONE_TRUSTED_PROXIES: '127.0.0.1' } });
    const response = await test.request({
      url: '/api/ping',
      headers: { host: 'other.example.com', 'x-forwarded-host': 'sip.example.com' },
    });
    expect(response.statusCode).toBe(404);
  });

  it('is reached by http or https, whatever X-Forwarded-Proto says', async () => {
    test = await buildTestApp({ config: { DIALTONE_TRUSTED_PROXIES: '127.0.0.1' } });
    for (const [said, scheme] of [
      ['https', 'https'],
      ['http', 'http'],
      ['javascript', 'http'],
      ['%', 'http'],
    ] as const) {
      const response = await test.request({
        url: '/provisioning',
        headers: { 'x-linphone-provisioning': '', 'x-forwarded-proto': said },
      });
      expect(response.body).toContain(`>${scheme}://sip.example.com/contacts/vcard<`);
    }
  });

  it('must end with the root host when one is configured', async () => {
    test = await buildTestApp({ config: { APP_ROOT_HOST: 'example.org' } });
    expect((await test.request({ url: '/api/ping' })).statusCode).toBe(503);
  });

  it('may be any host of a space when no root host is configured', async () => {
    test = await buildTestApp({ config: { APP_ROOT_HOST: '' } });
    expect((await test.request({ url: '/api/ping' })).statusCode).toBe(200);
  });

  it('falls back to the default host when one is configured', async () => {
    test = await buildTestApp({ config: { DIALTONE_DEFAULT_HOST: 'sip.example.com' } });
    const response = await test.request({ url: '/api/ping', headers: { host: '192.0.2.1:8080' } });
    expect(response.statusCode).toBe(200);
  });

  it.each([
    'a b',
    '@',
    '"><script>',
    'é',
    '[::1',
    '1.2.3.4.5',
    'sip.example.com:99999',
    'sip.example.com:000080',
  ])('is none: %s is 400, whatever the default host', async (host) => {
    test = await buildTestApp({
      config: { APP_ROOT_HOST: '', DIALTONE_DEFAULT_HOST: 'sip.example.com' },
      platform: { registrarPorts: { tcp: 5062, tls: undefined } },
    });
    for (const url of ['/provisioning', '/nothing', '/login']) {
      const headers = { host, 'x-linphone-provisioning': '1' };
      expect((await test.request({ url, headers })).statusCode).toBe(400);
    }
  });
});

describe('an expired space', () => {
  it('X12: answers 403 to JSON callers and 490 to others, on every path', async () => {
    test = await buildTestApp();
    await expire('sip.example.com', test.clock.now());
    for (const url of ['/api/ping', '/provisioning', '/nothing', '/up']) {
      expect((await test.request({ url })).statusCode).toBe(403);
      const page = await test.request({ url, headers: { accept: 'text/html' } });
      expect(page.statusCode).toBe(490);
    }
  });

  it('stops at 00:00 UTC of its day, not before', async () => {
    test = await buildTestApp();
    await expire('sip.example.com', test.clock.now() + day);
    expect((await test.request({ url: '/api/ping' })).statusCode).toBe(200);
    test.clock.advance(day);
    expect((await test.request({ url: '/api/ping' })).statusCode).toBe(403);
  });

  it('leaves monitoring alone', async () => {
    test = await buildTestApp();
    await expire('sip.example.com', 0);
    for (const url of ['/healthz', '/readyz', '/metrics']) {
      expect((await test.request({ url })).statusCode).toBe(200);
    }
  });
});
