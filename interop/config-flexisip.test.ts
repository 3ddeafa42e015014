import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { computeHa1 } from '@dialtone/sip/digest';
import { startDialtone } from './support/dialtone.ts';

const command = join(import.meta.dirname, '../bin/dialtone');

it('the request of "dialtone config flexisip" finds the hash of an active account only', async () => {
  await using dialtone = await startDialtone();
  await dialtone.createAccount('alice');
  await dialtone.createAccount('idle', { activated: false });
  const args = ['config', 'flexisip', '--database', `sqlite:${dialtone.database}`];
  const { stdout } = await promisify(execFile)(command, args);
  const request = /^soci-password-request=(.*)$/m.exec(stdout)?.[1] ?? '';
  using database = new DatabaseSync(dialtone.database, { readOnly: true });
  const find = (id: string): unknown =>
    database.prepare(request).all({ id, domain: 'sip.example.org' });
  const [realm, algorithm] = ['sip.example.org', 'SHA-256'] as const;
  const ha1 = computeHa1({ algorithm, username: 'alice', realm, password: 'secret' });
  expect(find('alice')).toEqual([{ password: ha1, algorithm }]);
  expect(find('idle')).toEqual([]);
  expect(find('nobody')).toEqual([]);
});
