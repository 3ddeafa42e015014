import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeClock } from '@dialtone/sip/testing';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLogger } from '../log/logger.ts';
import { Checkpointer, checkpointWorker } from './checkpointer.ts';
import { type OpenDatabase, openDatabase } from './database.ts';
import { migrate } from './migrate.ts';

let folder: string;
let file: string;
let open: OpenDatabase;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dialtone-checkpoint-'));
  file = join(folder, 'test.db');
  open = openDatabase(`sqlite:${file}`);
  await migrate(open);
  await sql`pragma wal_checkpoint`.execute(open.db);
});
afterEach(async () => {
  await open.close();
  await rm(folder, { recursive: true });
});

async function addTypes(count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    await open.db
      .insertInto('account_types')
      .values({ key: `type${index}` })
      .execute();
  }
}

/** Rows in the file itself, without its log. */
async function typesInFile(): Promise<number> {
  const copy = join(folder, 'copy.db');
  await copyFile(file, copy);
  const { db, close } = openDatabase(`sqlite:${copy}`);
  try {
    return (await db.selectFrom('account_types').select('id').execute()).length;
  } finally {
    await close();
    await rm(copy);
  }
}

it('moves the log into the file while its database stays open', async () => {
  const checkpointer = new Checkpointer(file);
  try {
    await addTypes(3);
    expect(await typesInFile()).toBe(0);
    await Promise.all([checkpointer.checkpoint(), checkpointer.checkpoint()]);
    expect(await typesInFile()).toBe(3);
  } finally {
    await checkpointer.close();
  }
});

it('says why it cannot, and tries anew the next time', async () => {
  const checkpointer = new Checkpointer(join(folder, 'missing', 'test.db'));
  await expect(checkpointer.checkpoint()).rejects.toThrow('unable to open database file');
  await expect(checkpointer.checkpoint()).rejects.toThrow('unable to open database file');
  await checkpointer.close();
});

it('of a server begins once much was written, and ends with it', async () => {
  const clock = new FakeClock();
  const worker = checkpointWorker({ db: open.db, clock, log: silentLogger() });
  await worker.start();
  await clock.advanceAsync(200);
  const before = await typesInFile();
  await addTypes(600);
  await clock.advanceAsync(200);
  await worker.stop();
  expect([before, await typesInFile()]).toEqual([0, 600]);
  expect(clock.pending).toBe(0);
});
