import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAccount, getSpace, openPlatform, readConfig } from '@dialtone/server';
import { afterAll, beforeAll, expect, it } from 'vitest';

const dialtone = join(import.meta.dirname, '../../../../../bin/dialtone');
let folder: string;

/** Runs the real command; its exit code and what it printed. */
function run(...args: readonly string[]): Promise<{ code: number; out: string; error: string }> {
  const env = { PATH: process.env['PATH'], DIALTONE_DATA: folder };
  return new Promise((resolve) => {
    execFile(dialtone, [...args], { env, cwd: folder }, (failure, out, error) => {
      resolve({ code: typeof failure?.code === 'number' ? failure.code : 0, out, error });
    });
  });
}

const json = async (...args: readonly string[]): Promise<unknown> =>
  JSON.parse((await run(...args, '--json')).out);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dialtone-maintenance-'));
  await run('space', 'set', 'sip.example.org', 'sip.example.org', 'Example');
  const opened = await openPlatform(
    readConfig({ DIALTONE_DATA: folder, DIALTONE_LOG_LEVEL: 'silent' }),
  );
  const { platform } = opened;
  const space = await getSpace(platform, 'sip.example.org');
  for (const username of ['john', 'jane']) {
    await createAccount(platform, space, { username, ipAddress: '127.0.0.1' });
  }
  await platform.db.updateTable('accounts').set({ created_at: '2020-01-01 00:00:00' }).execute();
  await opened.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('the command line counts what is too old, removes it with --apply, and makes administrators and spaces', async () => {
  expect(await json('maintenance', 'clear-unconfirmed', '30')).toEqual({
    job: 'clear-unconfirmed',
    found: 2,
    removed: 0,
    age: 30,
    unit: 'days',
    applied: false,
  });
  expect((await run('maintenance', 'clear-unconfirmed')).out).toContain('nothing is ever too old');
  const refused = await run('maintenance', 'clear-unconfirmed', 'many');
  expect([refused.code, refused.error]).toEqual([1, '"many" is no number of days.\n']);

  expect(await json('admin', 'set', 'jane@sip.example.org')).toMatchObject({ admin: true });
  expect((await run('admin', 'set', 'jane@sip.example.org')).code).toBe(1);

  const removed = await run('maintenance', 'clear-unconfirmed', '30', '--apply');
  expect(removed.out).toBe('clear-unconfirmed: removed 1, older than 30 days.\n');
  expect(await json('account', 'list', 'sip.example.org')).toMatchObject([{ username: 'jane' }]);

  const all = await json('maintenance', 'all', '--apply');
  expect(all).toContainEqual(expect.objectContaining({ job: 'clear-tombstones', removed: 0 }));

  const changed = ['space', 'set', 'sip.example.org', 'phones.example.org', 'Phones', '--super'];
  expect(await json(...changed)).toEqual({
    domain: 'sip.example.org',
    host: 'phones.example.org',
    name: 'Phones',
    super: true,
    created: false,
  });
  const expired = await run(...changed, '--expires', '2020-01-01');
  expect(expired.error).toBe('The expiration date must not be in the past.\n');
  expect((await run(...changed, '--expires', '2030-02-31')).error).toMatch(/such as 2030-01-31/);
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  await json(...changed, '--expires', tomorrow, '--unique-email', 'off', '--max-accounts', '9');
  await json('account', 'set', 'jane@sip.example.org', '--email', 'jane@example.org');
  const told = { domain: 'sip.example.org', to: 'jane@example.org', days_left: 1 };
  expect(await json('space', 'expiring')).toEqual([{ ...told, queued: false }]);
  expect(await json('space', 'expiring', '--apply')).toEqual([{ ...told, queued: true }]);
  expect((await run('space', 'expiring')).out).toBe('Nobody is to be told.\n');
  const opened = await openPlatform(
    readConfig({ DIALTONE_DATA: folder, DIALTONE_LOG_LEVEL: 'silent' }),
  );
  const past = { expire_at: '2020-01-01 00:00:00' };
  await opened.platform.db.updateTable('spaces').set(past).execute();
  expect((await run(...changed)).error).toContain('must not be in the past');
  expect((await run(...changed, '--expires', 'never')).code).toBe(0);
  const { maxAccounts, switches } = await getSpace(opened.platform, 'sip.example.org');
  await opened.close();
  expect([maxAccounts, switches.unique_email]).toEqual([9, false]);
}, 60_000);
