import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '@dialtone/server';
import { afterEach, beforeEach, expect, it } from 'vitest';

const dialtone = join(import.meta.dirname, '../../../bin/dialtone');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dialtone-first-run-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Starts the server as `npm start` does, stops it as Ctrl-C does when `line` is out; returns all it said. */
async function runUntil(line: RegExp, settings: Readonly<Record<string, string>> = {}) {
  const server = spawn(dialtone, ['serve', '--first-run', '--port', '0', '--sip-port', '0'], {
    cwd: folder,
    env: { PATH: process.env['PATH'], DIALTONE_LOG_LEVEL: 'silent', ...settings },
  });
  const ended = once(server, 'exit');
  let output = '';
  for (const stream of [server.stdout, server.stderr]) {
    stream.on('data', (chunk) => {
      output += String(chunk);
      if (line.test(output)) server.kill('SIGINT');
    });
  }
  const [code] = await ended;
  return { code, output };
}

async function change(work: (db: ReturnType<typeof openDatabase>['db']) => Promise<unknown>) {
  const database = openDatabase(`sqlite:${join(folder, 'data/dialtone.db')}`);
  await work(database.db);
  await database.close();
}

it('the first run tells what one needs, later ones what is missing since', async () => {
  const first = await runUntil(/Their phone.*\n/, { DIALTONE_PROT: '8081' });
  expect(first.code).toBe(0);
  expect(first.output).toMatch(/Administrator {2}admin\n/);
  expect(first.output).toMatch(/\/provisioning\/\w+\n/);
  expect(first.output).toMatch(/DIALTONE_PROT is no setting/);

  const { groups = {} } = /URL +(?<url>http\S+)/.exec(first.output) ?? {};
  expect(first.output).toContain(`account create alice\n`);
  expect(first.output).toContain(`--reset-password --base-url ${groups['url']}\n`);

  const second = await runUntil(/Open http:.*\n/);
  expect(second).toEqual({ code: 0, output: expect.stringMatching(/--help\n$/) });

  await change((db) => db.updateTable('spaces').set({ host: '203.0.113.9' }).execute());
  await change((db) => db.updateTable('accounts').set({ admin: 0 }).execute());
  const third = await runUntil(/admin create.*\n/);
  expect(third.output).toMatch(/sent to 203\.0\.113\.9, which is no address of this machine/);
  expect(third.output).toMatch(/space set dialtone\.home\.arpa \S+ 'Dialtone' --super\n/);
});
