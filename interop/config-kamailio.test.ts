import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startClient } from './support/client.ts';
import { createViews, kamailioPart } from './support/create-views.ts';
import { startDialtone } from './support/dialtone.ts';
import { freePort } from './support/free-port.ts';
import { startProgram } from './support/program.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { waitUntil } from './support/wait-until.ts';

const MANUAL = join(import.meta.dirname, '../docs/kamailio.md');

/** The example of docs/kamailio.md with another port, and the folder of the test for that of Kamailio. */
function configurationOfManual(folder: string, port: number): string {
  const [, example] =
    /```\n(# \/etc\/kamailio\/kamailio\.cfg\n[\s\S]*?)```/.exec(readFileSync(MANUAL, 'utf8')) ?? [];
  if (example === undefined) throw new Error('docs/kamailio.md has no example any more');
  return example
    .replaceAll('0.0.0.0:5060', `127.0.0.1:${port}`)
    .replaceAll('/etc/kamailio', folder);
}

function accepts(port: number): Promise<true | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('error', () => resolve(undefined));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

it('a Kamailio configured as docs/kamailio.md says registers who may, as nobody else', async () => {
  using folder = temporaryFolder('kamailio-manual');
  await using dialtone = await startDialtone();
  for (const name of ['alice', 'mallory']) await dialtone.createAccount(name);
  await dialtone.createAccount('idle', { activated: false });
  await createViews(dialtone.database);
  const port = await freePort();
  const file = join(folder.path, 'kamailio.cfg');
  writeFileSync(file, configurationOfManual(folder.path, port));
  const included = await kamailioPart(dialtone.database, 'configuration');
  writeFileSync(join(folder.path, 'dialtone.cfg'), included);
  const settings = ['-f', file, '-w', folder.path, '-Y', folder.path, '-m', '64', '-M', '8'];
  const pidFile = join(folder.path, 'kamailio.pid');
  const kamailio = startProgram('/usr/sbin/kamailio', ['-DD', '-E', '-P', pidFile, ...settings]);
  try {
    const server = `sip:127.0.0.1:${port};transport=udp`;
    await waitUntil('kamailio has started', () => {
      if (!kamailio.running) throw new Error(`kamailio ended:\n${kamailio.output()}`);
      return accepts(port);
    });
    await using alice = await startClient({ identity: 'sip:alice@sip.example.org', server });
    await alice.reach('Ok');
    await using idle = await startClient({ identity: 'sip:idle@sip.example.org', server });
    await idle.reach('Failed');
    await using mallory = await startClient({
      identity: 'sip:alice@sip.example.org',
      username: 'mallory',
      server,
    });
    await mallory.reach('Failed');
    expect(alice.states).not.toContain('Failed');
  } finally {
    await kamailio.stop();
  }
});
