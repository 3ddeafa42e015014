import { AuthInfo } from '@dialtone/client';
import { describe, expect, it } from 'vitest';
import { createViews } from './support/create-views.ts';
import { createCertificate } from './support/certificate.ts';
import { type Client, startClient } from './support/client.ts';
import { startDialtone } from './support/dialtone.ts';
import { startKamailio } from './support/kamailio.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const identity = 'sip:alice@sip.example.org';

/** `nc` of each request with credentials. */
const nonceCounts = (client: Client): readonly (string | undefined)[] =>
  client.messages.flatMap(({ direction, message }) => {
    const credentials = message.headers.get('authorization');
    return direction === 'in' || credentials === undefined
      ? []
      : [/nc=([0-9a-f]{8})/.exec(credentials)?.[1]];
  });

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

  it('registration 42: refreshes a short registration with the same nonce', async () => {
    await using dialtone = await startDialtone();
    await dialtone.createAccount('alice');
    await using kamailio = await startKamailio({ database: dialtone.database });
    await using client = await startClient({
      identity,
      server: `sip:127.0.0.1:${kamailio.port};transport=tcp`,
      expires: 1,
    });
    await client.reach('Ok');
    await client.reach('Ok', () => {});
    expect(client.wire).toEqual([
      '> REGISTER',
      '< 401',
      '> REGISTER',
      '< 200',
      '> REGISTER',
      '< 200',
    ]);
    expect(nonceCounts(client)).toEqual(['00000001', '00000002']);
    expect(client.states).toEqual(['Progress', 'Ok', 'Ok']);
  });

  it('registration 87: uses the nonce of its realm in a new Call-ID', async () => {
    await using dialtone = await startDialtone();
    await dialtone.createAccount('alice');
    await using kamailio = await startKamailio({ database: dialtone.database });
    await using client = await startClient({
      identity,
      server: `sip:127.0.0.1:${kamailio.port};transport=udp`,
      realm: 'sip.example.org',
    });
    await client.reach('Ok');
    await client.reach('Ok', () => {
      client.core.networkReachable = false;
      client.core.networkReachable = true;
    });
    expect(client.wire.slice(4)).toEqual(['> REGISTER', '< 200']);
    const callIds = client.messages.map(({ message }) => message.headers.callId);
    expect(new Set(callIds).size).toBe(2);
    expect(nonceCounts(client)).toEqual(['00000001', '00000002']);
  });

  it('registers several accounts over one connection', async () => {
    await using dialtone = await startDialtone();
    const names = ['alice', 'bob', 'carol'];
    for (const name of names) await dialtone.createAccount(name);
    await using kamailio = await startKamailio({ database: dialtone.database });
    const server = `sip:127.0.0.1:${kamailio.port};transport=tcp`;
    await using client = await startClient({ identity, server });
    const others = ['bob', 'carol'].map((name) => {
      client.core.addAuthInfo(new AuthInfo({ username: name, password: 'secret' }));
      return client.addAccount({ identity: `sip:${name}@sip.example.org`, server });
    });
    await client.reach('Ok');
    for (const other of others) await client.reach('Ok', undefined, other);
    const ports = client.messages.map(({ message }) => message.headers.via[0]?.port);
    expect(new Set(ports).size).toBe(1);
    const bindings = await kamailio.bindings();
    for (const name of names) expect(bindings).toContain(`AoR: ${name}@sip.example.org`);
  });
});
