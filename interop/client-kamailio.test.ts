import { execFile } from 'node:child_process';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createCertificate } from './support/certificate.ts';
import { startClient } from './support/client.ts';
import { startDialtone } from './support/dialtone.ts';
import { startKamailio } from './support/kamailio.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const identity = 'sip:alice@sip.example.org';

/** Does what `dialtone config kamailio` prints for the database. */
async function createViews(database: string): Promise<void> {
  const command = join(import.meta.dirname, '../bin/dialtone');
  const { stdout } = await promisify(execFile)(command, [
    'config',
    'kamailio',
    '--database',
    `sqlite:${database}`,
  ]);
  const sql = stdout.slice(stdout.indexOf('CREATE VIEW'), stdout.indexOf('# kamailio.cfg'));
  const connection = new DatabaseSync(database);
  connection.exec(sql);
  connection.close();
}

describe('our client at a Kamailio that reads our accounts', () => {
  it.each(['udp', 'tcp'])('registers, refreshes and unregisters over %s', async (transport) => {
    await using dialtone = await startDialtone();
    await dialtone.createAccount('alice');
    await using kamailio = await startKamailio({ database: dialtone.database });
    await using client = await startClient({
      identity,
      server: `sip:127.0.0.1:${kamailio.port};transport=${transport}`,
    });
    await client.reach('Ok');
    expect(await kamailio.bindings()).toContain('AoR: alice@sip.example.org');
    await client.reach('Ok', () => client.proxy.refreshRegister());
    await client.reach('Cleared', () => {
      client.proxy.edit();
      client.proxy.registerEnabled = false;
      client.proxy.done();
    });
    expect(await kamailio.bindings()).not.toContain('alice@');
    expect(client.states).not.toContain('Failed');
  });

  it('registers over TLS, checking the certificate', async () => {
    using folder = temporaryFolder('certificate');
    const tls = createCertificate(folder.path);
    await using dialtone = await startDialtone();
    await dialtone.createAccount('alice');
    await using kamailio = await startKamailio({ database: dialtone.database, tls });
    const server = `sip:localhost:${kamailio.tlsPort};transport=tls`;
    await using trusting = await startClient({
      identity,
      server,
      config: `root_ca=${tls.certificateFile}\n`,
    });
    await trusting.reach('Ok');
    await using suspicious = await startClient({ identity, server });
    await suspicious.reach('Failed');
    expect(suspicious.messages).toEqual([]);
  });

  it.each(['MD5', 'SHA-256'] as const)(
    'is served by the views of "dialtone config kamailio" with %s',
    async (algorithm) => {
      await using dialtone = await startDialtone({ algorithm });
      await dialtone.createAccount('alice');
      await createViews(dialtone.database);
      await using kamailio = await startKamailio({ database: dialtone.database, algorithm });
      await using client = await startClient({
        identity,
        server: `sip:127.0.0.1:${kamailio.port};transport=tcp`,
        algorithm,
      });
      await client.reach('Ok');
      expect(await kamailio.bindings()).toContain('AoR: alice@sip.example.org');
    },
  );

  it('is refused with a wrong password', async () => {
    await using dialtone = await startDialtone();
    await dialtone.createAccount('alice');
    await using kamailio = await startKamailio({ database: dialtone.database });
    await using client = await startClient({
      identity,
      server: `sip:127.0.0.1:${kamailio.port};transport=udp`,
      password: 'wrong',
    });
    await client.reach('Failed');
    expect(await kamailio.bindings()).not.toContain('alice@');
  });
});
