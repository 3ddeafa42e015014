import { afterEach, describe, expect, it } from 'vitest';
import { enqueue } from '../messaging/outbox.ts';
import { buildTestApp, type TestApp } from '../testing/build-test-app.ts';

let test: TestApp;
afterEach(() => test.close());

const anyHost = { host: '10.0.0.1:8080' };

describe('monitoring', () => {
  it('says on any host that the process and its database answer', async () => {
    test = await buildTestApp();
    for (const url of ['/healthz', '/readyz']) {
      const response = await test.request({ url, headers: anyHost });
      expect(response.statusCode).toBe(200);
      expect(response.headers['content-type']).toBe('application/json');
    }
  });

  it('is not ready when the database is gone', async () => {
    test = await buildTestApp();
    await test.platform.db.destroy();
    const response = await test.request({ url: '/readyz' });
    expect(response.statusCode).toBe(503);
    expect((await test.request({ url: '/healthz' })).statusCode).toBe(200);
  });

  it('counts requests by pattern and status', async () => {
    test = await buildTestApp();
    await test.request({ url: '/api/ping' });
    const { body } = await test.request({ url: '/metrics', headers: anyHost });
    expect(body).toContain(
      'dialtone_http_requests_total{method="GET",route="/api/ping",status="200"} 1',
    );
  });

  it('counts the messages of the outbox, and goes on without a database', async () => {
    test = await buildTestApp();
    await enqueue(test.platform, { kind: 'sms', to: '+33612345678', text: 'x' });
    const metrics = async () => (await test.request({ url: '/metrics' })).body;
    expect(await metrics()).toContain('dialtone_outbox_messages{state="pending"} 1');
    await test.platform.db.destroy();
    const without = await metrics();
    expect(without).toContain('dialtone_http_requests_total');
    expect(without).not.toContain('dialtone_outbox_messages{');
  });

  it('shows metrics to callers near by only, unless told otherwise', async () => {
    test = await buildTestApp();
    const url = '/metrics';
    const status = async (remoteAddress: string, headers = {}) =>
      (await test.request({ url, remoteAddress, headers })).statusCode;
    expect(await status('192.168.1.4')).toBe(200);
    expect(await status('192.0.2.1')).toBe(404);
    expect(await status('127.0.0.1', { 'x-forwarded-for': '192.0.2.1' })).toBe(404);
  });

  it.each([
    ['on', 200],
    ['off', 404],
  ])('answers strangers %s: %i', async (setting, status) => {
    test = await buildTestApp({ config: { DIALTONE_METRICS: setting } });
    const response = await test.request({ url: '/metrics', remoteAddress: '192.0.2.1' });
    expect(response.statusCode).toBe(status);
  });

  it('keeps FAM’s page at /up', async () => {
    test = await buildTestApp();
    expect((await test.request({ url: '/up' })).statusCode).toBe(200);
    expect((await test.request({ url: '/up', headers: anyHost })).statusCode).toBe(404);
  });
});
