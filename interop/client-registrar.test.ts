import { updateAccount } from '@dialtone/server';
import { expect, it } from 'vitest';
import { createCertificate } from './support/certificate.ts';
import { startClient } from './support/client.ts';
import { startDialtone } from './support/dialtone.ts';
import { freePort } from './support/free-port.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const identity = 'sip:alice@sip.example.org';
const AOR = 'alice@sip.example.org';

it.each(['udp', 'tcp', 'ws'] as const)(
  'our client registers at our server over %s, refreshes and unregisters',
  async (transport) => {
    await using dialtone = await startDialtone();
    await dialtone.createAccount('alice');
    const port = transport === 'ws' ? new URL(dialtone.url).port : dialtone.sipPort;
    await using client = await startClient({
      identity,
      server: `sip:127.0.0.1:${port};transport=${transport}`,
    });
    await client.reach('Ok');
    const [binding] = await dialtone.registered(AOR);
    expect(binding?.received.protocol).toBe(transport);
    await client.reach('Ok', () => client.proxy.refreshRegister());
    await dialtone.registered(AOR, 1);
    await client.reach('Cleared', () => {
      client.proxy.edit();
      client.proxy.registerEnabled = false;
      client.proxy.done();
    });
    await dialtone.registered(AOR, 0);
    expect(client.states).not.toContain('Failed');
  },
);

it('our client registers at our server over TLS with a certificate it trusts', async () => {
  using folder = temporaryFolder('certificate');
  const { certificateFile, keyFile } = createCertificate(folder.path);
  const port = await freePort();
  await using dialtone = await startDialtone({
    config: {
      DIALTONE_SIP_TLS_CERTIFICATE: certificateFile,
      DIALTONE_SIP_TLS_KEY: keyFile,
      DIALTONE_SIP_TLS_PORT: String(port),
    },
  });
  await dialtone.createAccount('alice');
  await using client = await startClient({
    identity,
    server: `sip:localhost:${port};transport=tls`,
    config: `root_ca=${certificateFile}\n`,
  });
  await client.reach('Ok');
  const [binding] = await dialtone.registered(AOR);
  expect(binding?.received.protocol).toBe('tls');
});

it.each([
  ['is not activated', { activated: false }],
  ['is blocked', { blocked: true }],
] as const)('an account that %s is refused', async (_reason, change) => {
  await using dialtone = await startDialtone();
  const { id } = await dialtone.createAccount('alice');
  await updateAccount(dialtone.platform, id, change);
  await using client = await startClient({
    identity,
    server: `sip:127.0.0.1:${dialtone.sipPort};transport=tcp`,
  });
  await client.reach('Failed');
  expect(client.proxy.errorInfo.code).toBe(403);
});
