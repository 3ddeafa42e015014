import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../config/env.ts';
import { openDatabase, type OpenDatabase } from '../db/database.ts';
import { migrate } from '../db/migrate.ts';
import { recordingLogger } from '../testing/recording-logger.ts';
import { startSmtpServer } from '../testing/smtp-server.ts';
import { enqueue } from './outbox.ts';
import { countMessages } from './outbox.repository.ts';
import { OutboxWorker } from './outbox-worker.ts';
import { createTransports } from './transports.ts';

const kill = async (child: ChildProcess): Promise<void> => {
  child.kill('SIGKILL');
  await once(child, 'close');
};

describe('after kill -9', () => {
  let folder: string;
  let url: string;
  let open: OpenDatabase;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dialtone-kill-'));
    url = `sqlite:${join(folder, 'dialtone.db')}`;
    open = openDatabase(url);
    await migrate(open);
  });
  afterEach(async () => {
    await open.close();
    await rm(folder, { recursive: true });
  });

  const start = (program: string, ...args: string[]): ChildProcess => {
    const path = join(import.meta.dirname, '../testing/programs', program);
    return spawn(process.execPath, [path, url, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  };

  it('everything acknowledged is there, and each account with its mail or not at all', async () => {
    await open.db
      .insertInto('spaces')
      .values({ domain: 'sip.example.org', host: 'h', name: 'n' })
      .execute();
    const child = start('write-forever.ts');
    const acknowledged: string[] = [];
    if (child.stdout === null) throw new Error('no output');
    for await (const line of createInterface(child.stdout)) {
      acknowledged.push(`user${line}`);
      // At an arbitrary moment: the child goes on writing meanwhile.
      if (acknowledged.length === 40) child.kill('SIGKILL');
    }
    const accounts = await open.db
      .selectFrom('accounts')
      .select('username')
      .orderBy('id')
      .execute();
    const mails = await open.db
      .selectFrom('dialtone_outbox')
      .select('recipient')
      .orderBy('id')
      .execute();
    const names = accounts.map(({ username }) => username);
    expect(names.slice(0, acknowledged.length)).toEqual(acknowledged);
    expect(mails.map(({ recipient }) => recipient)).toEqual(
      names.map((name) => `${name}@example.org`),
    );
    const check = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(open.db);
    expect(check.rows).toMatchObject([{ integrity_check: 'ok' }]);
  });

  it('every mail is delivered, at most the interrupted ones twice', async () => {
    let now = Date.UTC(2026, 0, 1);
    const clock = { now: () => now, setTimeout: () => ({ id: 0 }), clearTimeout: () => {} };
    const total = 25;
    for (let n = 0; n < total; n++) {
      await enqueue(
        { db: open.db, clock },
        { kind: 'email', to: `u${n}@example.org`, subject: '', text: '' },
      );
    }
    const { promise: enough, resolve } = Promise.withResolvers<void>();
    const smtp = await startSmtpServer({
      // From the twelfth mail on the server has the mail but never says so.
      onMail: async () => {
        if (smtp.mails.length < 12) return;
        resolve();
        await new Promise(() => {});
      },
    });
    const child = start('send-forever.ts', String(smtp.port));
    await enough;
    await kill(child);
    await smtp.close();
    const { sent, sending } = await countMessages(open.db);
    expect(sent).toBeLessThan(12);
    expect(sending).toBeGreaterThan(0);

    const second = await startSmtpServer();
    // The claims of the dead worker, made in real time, have ended by then.
    now = Date.now() + 400_000;
    const { log } = recordingLogger();
    const config = readConfig({ MAIL_HOST: '127.0.0.1', MAIL_PORT: String(second.port) });
    const platform = {
      db: open.db,
      clock,
      log,
      config,
      random: { token: () => '', float: () => 0 },
    };
    await new OutboxWorker(platform, createTransports(platform)).sendDue();
    await second.close();
    expect(await countMessages(open.db)).toMatchObject({ sent: total, pending: 0, sending: 0 });
    const received = [...smtp.mails, ...second.mails].flatMap(({ to }) => to);
    expect(new Set(received).size).toBe(total);
    expect(second.mails).toHaveLength(total - sent);
  });
});
