import { type Binding, MemoryBindingStore } from '@dialtone/sip/registrar';
import { NO_PARAMS, sipUri } from '@dialtone/sip';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildTestApp, type TestApp } from '../testing/build-test-app.ts';
import { deviceOf } from './device.ts';

const uuid = 'urn:uuid:00000000-0000-4000-8000-000000000001';

const binding = (
  now: number,
  userAgent: string,
  instanceId: string | undefined = uuid,
): Binding => ({
  contact: {
    displayName: undefined,
    uri: sipUri({ user: 'alice', host: '192.0.2.1' }),
    params: NO_PARAMS,
  },
  callId: 'c',
  cseq: 1,
  expiresAt: now + 60_000,
  instanceId,
  regId: undefined,
  path: [],
  userAgent,
  received: { address: '192.0.2.1', port: 5060, protocol: 'udp' },
  updatedAt: now,
});

describe('devices', () => {
  let bindings: MemoryBindingStore;
  let test: TestApp;

  beforeEach(async () => {
    bindings = new MemoryBindingStore();
    test = await buildTestApp({ platform: { bindings } });
  });
  afterEach(() => test.close());

  it('A4: are an empty object when nothing is registered', async () => {
    const key = await test.createKey(await test.createAccount({ username: 'alice' }));
    const answer = await test.request({ url: '/api/accounts/me/devices', key });
    expect([answer.statusCode, answer.body, answer.headers['content-type']]).toEqual([
      200,
      '{}',
      'application/json',
    ]);
  });

  it('are listed by uuid and removed, by the account and by an administrator', async () => {
    const alice = await test.createAccount({ username: 'alice' });
    const key = await test.createKey(alice);
    const admin = await test.createKey(await test.createAccount({ username: 'root', admin: true }));
    const now = test.clock.now();
    bindings.replace('alice@sip.example.com', [binding(now, 'LinphoneAndroid/6.2 (Pixel 9)')]);
    const list = await test.request({ url: `/api/accounts/${alice.id}/devices`, key: admin });
    expect(list.json()).toEqual({
      [uuid]: {
        uuid,
        update_time: '2026-01-01T00:00:00+00:00',
        user_agent: 'LinphoneAndroid/6.2 (Pixel 9)',
        app: 'LinphoneAndroid',
        version: '6.2',
        device_name: 'Pixel 9',
      },
    });
    const remove = () =>
      test.request({ method: 'DELETE', url: `/api/accounts/me/devices/${uuid}`, key });
    expect([(await remove()).body, (await remove()).body]).toEqual(['1', '']);
    expect(bindings.size).toBe(0);
  });

  it('are nobody else’s business', async () => {
    const alice = await test.createAccount({ username: 'alice' });
    const url = `/api/accounts/${alice.id}/devices`;
    const key = await test.createKey(await test.createAccount({ username: 'mallory' }));
    expect((await test.request({ url: '/api/accounts/me/devices' })).statusCode).toBe(401);
    expect((await test.request({ url, key })).statusCode).toBe(403);
  });
});

it('a device without a readable user agent keeps it whole', () => {
  expect(deviceOf(binding(0, 'Strange phone'))).toMatchObject({
    app: 'Strange phone',
    version: '',
  });
});

it('a contact without an instance is no device', () => {
  expect(deviceOf({ ...binding(0, 'x'), instanceId: undefined })).toBeUndefined();
});
