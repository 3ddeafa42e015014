import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { systemClock } from '@dialtone/sip';
import { expect, it } from 'vitest';
import { openDatabase } from '../db/database.ts';
import { migrate } from '../db/migrate.ts';
import { createSpace } from '../spaces/space.service.ts';

const accounts = 2000;
/** Documents after which the processes are killed. */
const enough = 200;
const before = '0'.repeat(64);
const now = '2026-01-01 00:00:00';

/** Every other token gives a new password. */
const isEven = (token: string | null): boolean => /[02468]$/.test(token ?? '');

it('after kill -9 of several processes every document handed out is true, and a token is spent once and wholly, or not at all', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dialtone-provision-'));
  const url = `sqlite:${join(folder, 'dialtone.db')}`;
  const { db, ...open } = openDatabase(url);
  try {
    await migrate({ db, ...open });
    const domain = 'sip.example.org';
    await createSpace({ db, clock: systemClock }, { domain, host: domain, name: domain });
    const numbers = Array.from({ length: accounts }, (_, index) => index + 1);
    await db.transaction().execute(async (trx) => {
      for (const id of numbers) {
        const person = { username: `user${id}`, domain, ip_address: '', user_agent: '' };
        await trx
          .insertInto('accounts')
          .values({ id, ...person, created_at: now })
          .execute();
        const password = { account_id: id, password: before, algorithm: 'SHA-256' };
        await trx.insertInto('passwords').values(password).execute();
        const token = { account_id: id, token: `token${id}`, created_at: now };
        await trx.insertInto('provisioning_tokens').values(token).execute();
      }
    });

    const program = join(import.meta.dirname, '../testing/programs/provision-forever.ts');
    const children = [1, 2].map(() =>
      spawn(process.execPath, [program, url, String(accounts)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      }),
    );
    const handedOut = new Map<string, string>();
    const twice: string[] = [];
    const readAll = children.map(async (child) => {
      for await (const line of createInterface(child.stdout)) {
        const [token = '', ha1 = ''] = line.split(' ');
        if (handedOut.has(token)) twice.push(token);
        handedOut.set(token, ha1);
        // At an arbitrary moment: they go on meanwhile.
        if (handedOut.size === enough) for (const each of children) each.kill('SIGKILL');
      }
    });
    await Promise.all(readAll);
    expect(twice).toEqual([]);

    const rows = await db
      .selectFrom('provisioning_tokens')
      .innerJoin('accounts', 'accounts.id', 'provisioning_tokens.account_id')
      .innerJoin('passwords', 'passwords.account_id', 'accounts.id')
      .select(['token', 'used', 'activated', 'password'])
      .execute();
    const half = rows.filter(
      ({ token, used, activated, password }) =>
        used !== activated || (used === 1 && isEven(token)) !== (password !== before),
    );
    expect(half).toEqual([]);
    const stored = new Map(rows.map(({ token, password }) => [token, password]));
    expect(handedOut.size).toBeGreaterThanOrEqual(enough);
    for (const [token, ha1] of handedOut) expect([token, stored.get(token)]).toEqual([token, ha1]);
    expect(rows.some(({ used }) => used === 0)).toBe(true);
  } finally {
    await open.close();
    await rm(folder, { recursive: true });
  }
});
