import { afterEach, beforeEach, expect, it } from 'vitest';
import { readMessage } from '../../messaging/outbox.ts';
import { buildTestApp, type TestApp } from '../../testing/build-test-app.ts';
import { describeEachEngine } from '../../testing/each-engine.ts';
import { updateSpace } from '../space.service.ts';
import { expiryNoticeWorker } from './expiry-notice-worker.ts';
import { sendExpiryNotices } from './send-expiry-notices.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 5, 1, 15);
const end = Date.UTC(2026, 5, 11);

describeEachEngine('notices of expiry', (open) => {
  let test: TestApp;
  beforeEach(async () => {
    test = await buildTestApp({ database: await open(), now: start });
    const { platform, space } = test;
    await updateSpace(platform, space.domain, { ...space, expireAt: end });
    const email = 'boss@example.org';
    await test.createAccount({ username: 'boss', admin: true, email });
    await test.createAccount({ username: 'mute', admin: true });
    await test.createAccount({ username: 'user', email: 'user@example.org' });
  });
  afterEach(() => test.close());

  const send = async (apply = true) =>
    (await sendExpiryNotices(test.platform, { apply })).map(({ daysLeft }) => daysLeft);
  const outbox = () => test.platform.db.selectFrom('dialtone_outbox').selectAll().execute();

  it('go to administrators with an address, once 7, 3 and 1 days before', async () => {
    const sent: number[][] = [];
    for (let today = 0; today < 12; today++) {
      sent.push(await send(), await send());
      test.clock.advance(day);
    }
    // Called twice a day from 1 June 15:00 on; 10 June is the last day.
    expect(sent.flat()).toEqual([7, 3, 1]);
    expect(sent[6]).toEqual([7]);
    const [row] = await outbox();
    expect(row?.expires_at).toBe('2026-06-11 00:00:00');
    expect(row === undefined ? undefined : readMessage(row)).toMatchObject({
      to: 'boss@example.org',
      subject: expect.stringMatching(/expires on 11-06-2026$/u),
      text: expect.stringContaining('Days left: 7.'),
    });
  });

  it('are made up for when no server ran on the day, and again when the space is prolonged', async () => {
    test.clock.advance(5 * day);
    expect(await send()).toEqual([5]);
    expect(await send()).toEqual([]);
    const { platform, space } = test;
    await updateSpace(platform, space.domain, { ...space, expireAt: end + 2 * day });
    expect(await send()).toEqual([7]);
  });

  it('are only listed without being asked to be sent, and sent once by many at once', async () => {
    test.clock.advance(9 * day);
    const eight = (apply: boolean) => Promise.all(Array.from({ length: 8 }, () => send(apply)));
    // Opens the connections, too, without which they would come one after the other.
    expect(await eight(false)).toEqual(Array.from({ length: 8 }, () => [1]));
    expect(await outbox()).toEqual([]);
    expect((await eight(true)).flat()).toEqual([1]);
    expect(await outbox()).toHaveLength(1);
  });

  it('are sent by the server itself', async () => {
    const worker = expiryNoticeWorker(test.platform);
    test.clock.advance(9 * day);
    await worker.start();
    test.clock.advance(3_600_000);
    await worker.stop();
    expect(await outbox()).toHaveLength(1);
  });
});
