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
const before = '0'.repeat(64);
const now = '2026-01-01 00:00:00';

it('after kill -9 every document handed out is true, and a token is spent wholly or not at all', async () => {
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
    const child = spawn(process.execPath, [program, url, String(accounts)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const handedOut = new Map<string, string>();
    for await (const line of createInterface(child.stdout)) {
      const [token = '', ha1 = ''] = line.split(' ');
      handedOut.set(token, ha1);
      // At an arbitrary moment: the child goes on meanwhile.
      if (handedOut.size === 60) child.kill('SIGKILL');
    }

    const rows = await db
      .selectFrom('provisioning_tokens')
      .innerJoin('accounts', 'accounts.id', 'provisioning_tokens.account_id')
      .innerJoin('passwords', 'passwords.account_id', 'accounts.id')
      .select(['token', 'used', 'activated', 'password'])
      .execute();
    const half = rows.filter(
      ({ used, activated, password }) =>
        used !== activated || (used === 1) !== (password !== before),
    );
    expect(half).toEqual([]);
    const stored = new Map(rows.map(({ token, password }) => [token, password]));
    expect(handedOut.size).toBeGreaterThanOrEqual(60);
    for (const [token, ha1] of handedOut) expect([token, stored.get(token)]).toEqual([token, ha1]);
    expect(rows.some(({ used }) => used === 0)).toBe(true);
  } finally {
    await open.close();
    await rm(folder, { recursive: true });
  }
});
