import { describe, expect, it } from 'vitest';
import { AuthInfo } from '@dialtone/client';
import { startClient } from './support/client.ts';
import { startDialtone } from './support/dialtone.ts';
import { startKamailio } from './support/kamailio.ts';
import { runSippClient } from './support/sipp.ts';

const identity = 'sip:alice@sip.example.org';
const AOR = 'AoR: alice@sip.example.org';

describe('our client', () => {
  it('registers at a Kamailio over WebSocket, and is reached through it', async () => {
    await using dialtone = await startDialtone();
    await dialtone.createAccount('alice');
    await using kamailio = await startKamailio({ database: dialtone.database, websocket: true });
    await using client = await startClient({
      identity,
      server: `sip:127.0.0.1:${kamailio.port};transport=ws`,
    });
    await client.reach('Ok');
    expect(await kamailio.bindings()).toMatch(/Address: sip:alice@\w+\.invalid;transport=ws/);
    await runSippClient({
      scenario: 'reach',
      target: kamailio.port,
      users: [['alice', 'sip.example.org']],
    });
    expect(client.wire.slice(-2)).toEqual(['< OPTIONS', '> 501']);
  });

  it('registration 59: takes the GRUU of a Kamailio for its contact', async () => {
    await using dialtone = await startDialtone();
    await dialtone.createAccount('alice');
    await using kamailio = await startKamailio({ database: dialtone.database });
    await using client = await startClient({
      identity,
      server: `sip:127.0.0.1:${kamailio.port};transport=udp`,
    });
    await client.reach('Ok');
    const contact = client.proxy.contact?.asString();
    expect(contact).toMatch(/^<sip:alice@sip\.example\.org;gr=urn:uuid:[\w-]+>$/);
  });

  it.each(['udp', 'tcp'])(
    'registers behind an edge, and is reached on that way (%s)',
    async (transport) => {
      await using dialtone = await startDialtone();
      await dialtone.createAccount('alice');
      const { database } = dialtone;
      await using home = await startKamailio({ database });
      const registrar = `sip:127.0.0.1:${home.port}`;
      await using edge = await startKamailio({ database, registrar });
      await using client = await startClient({
        identity,
        server: `sip:127.0.0.1:${edge.port};transport=${transport}`,
      });
      await client.reach('Ok');
      const bindings = await home.bindings();
      expect(bindings).toContain(AOR);
      expect(bindings).toContain(`Path: <sip:127.0.0.1:${edge.port}`);
      await runSippClient({
        scenario: 'reach',
        target: home.port,
        users: [['alice', 'sip.example.org']],
      });
      expect(client.wire.slice(-2)).toEqual(['< OPTIONS', '> 501']);
    },
  );

  it('registration 6: an account at a second Kamailio is reached through the first', async () => {
    await using dialtone = await startDialtone();
    await dialtone.createAccount('alice');
    const space = await dialtone.createSpace('home.example.net');
    await dialtone.createAccount('alice.home', { space });
    const { database } = dialtone;
    await using first = await startKamailio({ database });
    const master = `sip:127.0.0.1:${first.port}`;
    await using second = await startKamailio({ database, master });

    await using client = await startClient({ identity, server: `${master};transport=tcp` });
    client.core.addAuthInfo(new AuthInfo({ username: 'alice.home', password: 'secret' }));
    const dependent = client.addAccount({
      identity: 'sip:alice.home@home.example.net',
      server: `sip:127.0.0.1:${second.port};transport=udp`,
      dependsOn: client.proxy,
    });
    await client.reach('Ok', undefined, dependent);
    const contact = client.proxy.contact?.asStringUriOnly();
    expect(contact).toContain(';gr=');
    expect(await second.bindings()).toContain(`Address: ${contact}`);

    await runSippClient({
      scenario: 'reach',
      target: second.port,
      users: [['alice.home', 'home.example.net']],
    });
    const request = client.messages.at(-2)?.message;
    expect(client.wire.slice(-2)).toEqual(['< OPTIONS', '> 501']);
    expect(request?.headers.via[0]?.transport).toBe('TCP');
    expect(request?.headers.to.uri.host).toBe('home.example.net');

    await client.reach(
      'Cleared',
      () => {
        client.proxy.edit();
        client.proxy.registerEnabled = false;
        client.proxy.done();
      },
      dependent,
    );
    expect(await first.bindings()).not.toContain(AOR);
  });
});
