import { FakeClock } from '@dialtone/sip/testing';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Db } from '../db/database.ts';
import { toDbDate } from '../db/dates.ts';
import { transaction } from '../db/transaction.ts';
import { describeEachEngine } from '../testing/each-engine.ts';
import { recordingLogger } from '../testing/recording-logger.ts';
import { DeliveryError } from './delivery-error.ts';
import type { EmailMessage, Message } from './message.ts';
import { enqueue } from './outbox.ts';
import {
  countMessages,
  deleteFinishedMessages,
  listMessages,
  reviveDeadMessages,
} from './outbox.repository.ts';
import { OutboxWorker } from './outbox-worker.ts';
import { maxAttempts, retryDelayMs } from './retry.ts';
import type { Delivery, Transport } from './transport.ts';

const mail: EmailMessage = {
  kind: 'email',
  to: 'marie@example.org',
  subject: 'Your code',
  text: 'The code is 1234.',
};

/** A transport under the control of a test. */
class Recorder implements Transport<Message> {
  readonly sent: { message: Message; delivery: Delivery }[] = [];
  fail: (message: Message) => Error | undefined = () => undefined;

  async send(message: Message, delivery: Delivery): Promise<void> {
    const error = this.fail(message);
    if (error !== undefined) throw error;
    this.sent.push({ message, delivery });
  }
}

describeEachEngine('outbox', (open) => {
  let db: Db;
  let clock: FakeClock;
  let transport: Recorder;
  let recording: ReturnType<typeof recordingLogger>;

  beforeAll(async () => {
    ({ db } = await open());
  });
  beforeEach(async () => {
    await db.deleteFrom('dialtone_outbox').execute();
    clock = new FakeClock();
    transport = new Recorder();
    recording = recordingLogger();
  });

  const worker = (send: Transport<Message> = transport): OutboxWorker => {
    const random = { token: () => '', float: () => 0 };
    const platform = { db, clock, random, log: recording.log };
    return new OutboxWorker(platform, { email: send, sms: send, push: send });
  };

  it('sends a message of each kind once, exactly as it was put in', async () => {
    const messages: Message[] = [
      {
        ...mail,
        html: '<p>1234</p>',
        attachments: [{ filename: 'a', contentType: 'audio/wav', path: '/a' }],
      },
      { kind: 'sms', to: '+33612345678', text: 'Code 1234 é' },
      { kind: 'push', to: 'id', provider: 'fcm', param: 'app', customPayload: { token: 't' } },
    ];
    for (const message of messages) await enqueue({ db, clock }, message);
    expect(await worker().sendDue()).toBe(3);
    expect(await worker().sendDue()).toBe(0);
    expect(new Set(transport.sent.map(({ message }) => message))).toEqual(new Set(messages));
    expect(await countMessages(db)).toEqual({
      pending: 0,
      sending: 0,
      sent: 3,
      dead: 0,
      expired: 0,
    });
  });

  it('sends nothing of a transaction that was rolled back', async () => {
    const failed = transaction(db, async (trx) => {
      await enqueue({ db: trx, clock }, mail);
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await worker().sendDue()).toBe(0);
  });

  it('sends each of many messages once however many workers there are', async () => {
    for (let n = 0; n < 30; n++) await enqueue({ db, clock }, { ...mail, to: `u${n}@example.org` });
    await Promise.all([worker(), worker(), worker(), worker()].map((one) => one.sendDue()));
    await worker().sendDue();
    const recipients = transport.sent.map(({ message }) => message.to);
    expect(recipients).toHaveLength(30);
    expect(new Set(recipients).size).toBe(30);
  });

  it('tries again later and later, then keeps the message as dead with the reason', async () => {
    transport.fail = () => new DeliveryError('SMTP 451');
    const id = await enqueue({ db, clock }, mail);
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      expect(await worker().sendDue()).toBe(1);
      clock.advance(retryDelayMs(attempt, 0) - 1000);
      expect(await worker().sendDue()).toBe(0);
      clock.advance(1000);
    }
    expect(await worker().sendDue()).toBe(0);
    expect(await listMessages(db, { state: 'dead' }, 10)).toMatchObject([
      { id, last_error: 'SMTP 451' },
    ]);
    transport.fail = () => undefined;
    expect(await reviveDeadMessages(db, toDbDate(clock.now()))).toBe(1);
    expect(await worker().sendDue()).toBe(1);
    expect(transport.sent).toHaveLength(1);
  });

  it('gives up at once when the recipient is refused for good', async () => {
    transport.fail = () => new DeliveryError('SMTP 550', { permanent: true });
    await enqueue({ db, clock }, mail);
    await worker().sendDue();
    expect(await countMessages(db)).toMatchObject({ dead: 1, pending: 0 });
  });

  it('takes over from a worker that died in the middle, but not before its time is up', async () => {
    await enqueue({ db, clock }, mail);
    const { promise: hanging, resolve: release } = Promise.withResolvers<void>();
    const dying = worker({ send: () => hanging }).sendDue();
    await expect.poll(async () => (await countMessages(db)).sending).toBe(1);
    expect(await worker().sendDue()).toBe(0);
    clock.advance(300_000);
    expect(await worker().sendDue()).toBe(1);
    release();
    await dying;
    expect(await listMessages(db, { state: 'sent' }, 10)).toMatchObject([{ attempts: 2 }]);
  });

  it('does not send what has run out', async () => {
    await enqueue({ db, clock }, mail, { expiresAt: clock.now() + 600_000 });
    clock.advance(600_000);
    await worker().sendDue();
    expect(transport.sent).toEqual([]);
    expect(await countMessages(db)).toMatchObject({ expired: 1 });
  });

  it('never writes the text or the whole address to the log', async () => {
    transport.fail = () => new Error(`cannot send ${mail.text} to ${mail.to}`);
    await enqueue({ db, clock }, mail);
    await worker().sendDue();
    const logged = recording.lines.join('\n');
    expect(logged).toContain('m***@example.org');
    expect(logged).not.toMatch(/1234|marie/);
    const [row] = await listMessages(db, { state: 'pending' }, 1);
    expect(row?.last_error).toBe('Error');
  });

  it('survives a row that somebody wrote by hand', async () => {
    const id = await enqueue({ db, clock }, mail);
    await db.updateTable('dialtone_outbox').set({ payload: '{' }).where('id', '=', id).execute();
    await enqueue({ db, clock }, { ...mail, to: 'next@example.org' });
    await worker().sendDue();
    expect(transport.sent).toHaveLength(1);
    expect(await countMessages(db)).toMatchObject({ pending: 1, sent: 1 });
  });

  it('runs by itself until it is stopped, and cleans up after a week', async () => {
    const own = worker();
    own.start();
    await enqueue({ db, clock }, mail);
    await expect
      .poll(async () => {
        clock.advance(1000);
        return (await countMessages(db)).sent;
      })
      .toBe(1);
    await own.stop();
    expect(clock.pending).toBe(0);
    expect(await deleteFinishedMessages(db, toDbDate(clock.now() - 7 * 86_400_000))).toBe(0);
    clock.advance(8 * 86_400_000);
    expect(await deleteFinishedMessages(db, toDbDate(clock.now() - 7 * 86_400_000))).toBe(1);
  });
});

describe('retry', () => {
  it('starts at ten seconds, triples, and never waits more than an hour', () => {
    const delays = Array.from({ length: maxAttempts }, (_, n) => retryDelayMs(n + 1, 0) / 1000);
    expect(delays.slice(0, 7)).toEqual([10, 30, 90, 270, 810, 2430, 3600]);
    expect(Math.max(...delays)).toBe(3600);
    expect(retryDelayMs(1, 0.5)).toBe(9000);
  });
});
