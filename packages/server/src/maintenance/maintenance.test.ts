import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toDbDate } from '../db/dates.ts';
import { createAuthToken } from '../tokens/auth-token.ts';
import { buildTestApp, type TestApp } from '../testing/build-test-app.ts';
import { recordingLogger } from '../testing/recording-logger.ts';
import { type MaintenanceJob, runJob } from './job.ts';
import { maintenanceJobs, unconfirmedAccounts } from './jobs.ts';
import { maintenanceWorker } from './maintenance-worker.ts';

let test: TestApp;
const { log, lines } = recordingLogger();
const day = 86_400_000;

beforeEach(async () => {
  test = await buildTestApp({
    now: Date.UTC(2026, 5, 1),
    log,
    config: { DIALTONE_KEEP_UNCONFIRMED_DAYS: '30' },
  });
});
afterEach(() => test.close());

const jobNamed = (name: string): MaintenanceJob => {
  const job = maintenanceJobs.find((candidate) => candidate.name === name);
  if (job === undefined) throw new Error(`no job ${name}`);
  return job;
};
const run = (name: string, age: number, apply = true) =>
  runJob(test.platform, jobNamed(name), { age, apply });

describe('maintenance', () => {
  it('only counts what it would remove, unless told to', async () => {
    const { db } = test.platform;
    await test.createAccount({ username: 'old' });
    test.clock.advance(31 * day);
    await test.createAccount({ username: 'new' });
    const report = await run('clear-unconfirmed', 30, false);
    expect(report).toEqual({ job: 'clear-unconfirmed', found: 1, removed: 0 });
    expect(await db.selectFrom('accounts').select('username').execute()).toHaveLength(2);
    expect(await run('clear-unconfirmed', 30)).toMatchObject({ found: 1, removed: 1 });
    expect(await db.selectFrom('accounts').select('username').execute()).toEqual([
      { username: 'new' },
    ]);
    const tombstones = await db.selectFrom('accounts_tombstones').select('username').execute();
    expect(tombstones).toEqual([{ username: 'old' }]);
  });

  it('deletes confirmed accounts only when asked to, administrators never', async () => {
    await test.createAccount({ username: 'confirmed', activated: true });
    await test.createAccount({ username: 'admin', admin: true });
    test.clock.advance(2 * day);
    expect(await run('clear-unconfirmed', 1)).toMatchObject({ removed: 0 });
    const all = unconfirmedAccounts({ andConfirmed: true });
    expect(await runJob(test.platform, all, { age: 1, apply: true })).toMatchObject({ removed: 1 });
  });

  it('frees usernames when their tombstones are old', async () => {
    const account = await test.createAccount({ username: 'john' });
    const admin = await test.createAccount({ username: 'admin', admin: true });
    const key = await test.createKey(admin);
    await test.request({ method: 'DELETE', url: `/api/accounts/${account.id}`, key });
    await expect(test.createAccount({ username: 'john' })).rejects.toThrow('validation.failed');
    test.clock.advance(8 * day);
    expect(await run('clear-tombstones', 7)).toMatchObject({ removed: 1 });
    expect((await test.createAccount({ username: 'john' })).username).toBe('john');
  });

  it('clears user keys that are not used, and administrators’ keys past their own delay', async () => {
    const { db } = test.platform;
    const account = await test.createAccount({ username: 'john' });
    await test.createKey(account);
    const adminKey = (name: string, minutes: number) =>
      db
        .insertInto('api_keys')
        .values({
          account_id: account.id,
          key: name.padEnd(40, 'x'),
          name,
          expires_after_last_used_minutes: minutes,
          last_used_at: toDbDate(test.clock.now()),
        })
        .execute();
    await adminKey('never', 0);
    await adminKey('short', 30);
    await adminKey('long', 300);
    test.clock.advance(61 * 60_000);
    await test.createKey(await test.createAccount({ username: 'jane' }));
    expect(await run('clear-api-keys', 0)).toMatchObject({ found: 0, removed: 0 });
    expect(await run('clear-api-keys', 60)).toMatchObject({ found: 2, removed: 2 });
    const names = await db.selectFrom('api_keys').select('name').orderBy('id').execute();
    expect(names.map(({ name }) => name)).toEqual(['never', 'long', null]);
  });

  it('clears challenges, sign-in tokens and statistics by their age', async () => {
    const { db } = test.platform;
    const account = await test.createAccount({ username: 'john' });
    const from = { from: `sip:${account.username}@${account.domain}` };
    await test.request({ url: '/api/accounts/me', headers: from });
    await createAuthToken(test.platform, {});
    const date = toDbDate(test.clock.now());
    for (let id = 0; id < 1200; id++) {
      await db
        .insertInto('statistics_messages')
        .values({
          id: `m${id}`,
          from_username: 'a',
          from_domain: 'b',
          sent_at: date,
          encrypted: 0,
          created_at: date,
        })
        .execute();
    }
    test.clock.advance(31 * day);
    const progress: number[] = [];
    const statistics = jobNamed('clear-statistics');
    const onProgress = (removed: number) => void progress.push(removed);
    await runJob(test.platform, statistics, { age: 30, apply: true, onProgress });
    expect(progress).toEqual([500, 1000, 1200]);
    expect(await run('clear-nonces', 60)).toMatchObject({ removed: 1 });
    expect(await run('clear-auth-tokens', 5)).toMatchObject({ removed: 1 });
  });

  it('of two nodes at once both succeed', async () => {
    for (let n = 0; n < 5; n++) await test.createAccount({ username: `old${n}` });
    test.clock.advance(31 * day);
    await Promise.all([run('clear-unconfirmed', 30), run('clear-unconfirmed', 30)]);
    const left = await test.platform.db.selectFrom('accounts').select('id').execute();
    expect(left).toEqual([]);
  });
});

describe('the server by itself', () => {
  const settle = async () => {
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
  };

  it('runs each job soon after the start and then at its own pace', async () => {
    const runs: string[] = [];
    const job = (name: string, everyMinutes: number): MaintenanceJob => ({
      name,
      summary: '',
      unit: 'days',
      defaultAge: () => 1,
      everyMinutes,
      count: async () => 1,
      clear: async () => {
        runs.push(name);
        if (name === 'broken') throw new Error('database away');
        return 0;
      },
    });
    const jobs = [job('broken', 10), job('often', 10), job('daily', 1440)];
    const worker = maintenanceWorker(test.platform, jobs);
    await worker.start();
    for (let times = 0; times < 3; times++) {
      test.clock.advance(600_000);
      await settle();
    }
    await worker.stop();
    test.clock.advance(day);
    await settle();
    expect(runs).toEqual(['broken', 'often', 'daily', 'broken', 'often', 'broken', 'often']);
    expect(lines.join()).toContain('maintenance failed');
  });

  it('removes nothing whose age is not set', async () => {
    await test.close();
    test = await buildTestApp();
    await test.createAccount({ username: 'john' });
    const worker = maintenanceWorker(test.platform);
    await worker.start();
    test.clock.advance(400 * day);
    await settle();
    await worker.stop();
    expect(await test.platform.db.selectFrom('accounts').select('id').execute()).toHaveLength(1);
  });
});
