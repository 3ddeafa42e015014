import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { createServer } from 'node:tls';
import { createServer as createPlainServer } from 'node:net';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { boundAddress, hopTo, optionsOver, SocketLab } from '../../testing/socket-lab.ts';
import { TestAuthority } from '../../testing/test-authority.ts';
import { isTransportError } from '../transport-error.ts';
import type { Flow } from '../transport.ts';
import type { CertificateAndKey, TlsSettings } from './tls-settings.ts';

const lab = new SocketLab();
afterEach(() => lab.tidy());

let authority: TestAuthority;
let byCommonName: CertificateAndKey;
let byAlternativeName: CertificateAndKey;
let byWildcard: CertificateAndKey;
beforeAll(() => {
  authority = TestAuthority.create();
  byCommonName = authority.issue('sip.example.org');
  byAlternativeName = authority.issue('cn.example.org', 'DNS:alt.example.org');
  byWildcard = authority.issue('other', 'DNS:*.example.org');
});
afterAll(() => authority[Symbol.dispose]());

/** Connects to a server with that certificate; 'ready' or the code of the failure. */
async function connectTo(
  certificate: CertificateAndKey,
  name: string,
  settings: TlsSettings,
  clientRoots?: string,
): Promise<string> {
  const server = lab.agent();
  const address = await server.transport.listen({
    protocol: 'tls',
    host: '127.0.0.1',
    port: 0,
    certificate,
    ...(clientRoots !== undefined && { clientRoots }),
  });
  const client = lab.agent({ tls: () => settings });
  const flow = await client.transport
    .connect(...hopTo('tls', address, name))
    .catch((error: unknown): unknown => error);
  if (isTransportError(flow)) return flow.code;
  return (await reaches(server, flow)) ? 'ready' : 'refused';

  /** TLS 1.3 refuses a client certificate only after the client's handshake is over. */
  async function reaches(to: typeof server, sent: unknown): Promise<boolean> {
    const isFlow = (value: unknown): value is Flow => typeof value === 'object' && value !== null;
    if (!isFlow(sent)) return false;
    sent.send(optionsOver('TLS'));
    const arrived = to.events.until(() => to.events.messages.length > 0).then(() => true);
    const closed = client.events.until(() => client.events.closed.length > 0).then(() => false);
    return Promise.race([arrived, closed]);
  }
}

describe('TLS client', () => {
  it('registration 25: accepts common name, alternative name and wildcard', async () => {
    const rootsPem = authority.certPem;
    expect(await connectTo(byCommonName, 'sip.example.org', { rootsPem })).toBe('ready');
    expect(await connectTo(byAlternativeName, 'alt.example.org', { rootsPem })).toBe('ready');
    expect(await connectTo(byWildcard, 'any.example.org', { rootsPem })).toBe('ready');
    expect(await connectTo(byWildcard, 'example.org', { rootsPem })).toBe('SIP_TLS_NAME_MISMATCH');
    expect(await connectTo(byCommonName, '127.0.0.1', { rootsPem })).toBe('SIP_TLS_NAME_MISMATCH');
  });

  it('registration 26: refuses an unknown authority, system roots included', async () => {
    using other = TestAuthority.create();
    const rootsPem = other.certPem;
    expect(await connectTo(byCommonName, 'sip.example.org', { rootsPem })).toBe(
      'SIP_TLS_UNTRUSTED',
    );
    expect(await connectTo(byCommonName, 'sip.example.org', {})).toBe('SIP_TLS_UNTRUSTED');
  });

  it('registration 28: takes roots as text, file or folder; fails when they cannot be read', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'roots-'));
    lab.onEnd(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'a.pem'), authority.certPem);
    writeFileSync(join(folder, 'notes.txt'), 'not a certificate');
    for (const settings of [
      { rootsPem: authority.certPem },
      { rootsPath: join(folder, 'a.pem') },
      { rootsPath: folder },
    ]) {
      expect(await connectTo(byCommonName, 'sip.example.org', settings)).toBe('ready');
    }
    const missing = { rootsPath: join(folder, 'missing.pem') };
    expect(await connectTo(byCommonName, 'sip.example.org', missing)).toBe('SIP_TLS_FAILED');
    const nonsense = { rootsPath: join(folder, 'notes.txt') };
    expect(await connectTo(byCommonName, 'sip.example.org', nonsense)).not.toBe('ready');
  });

  it('ignores the name, or everything, when told so', async () => {
    const rootsPem = authority.certPem;
    expect(await connectTo(byCommonName, 'x.org', { rootsPem, verifyName: false })).toBe('ready');
    expect(await connectTo(byCommonName, 'x.org', { verifyCertificate: false })).toBe('ready');
    expect(await connectTo(byCommonName, 'x.org', { verifyName: false })).toBe('SIP_TLS_UNTRUSTED');
  });

  it('registration 27: wants one subject to match the whole expression', async () => {
    const outcome = (subjectPattern: string): Promise<string> =>
      connectTo(byAlternativeName, 'alt.example.org', {
        rootsPem: authority.certPem,
        subjectPattern,
      });
    expect(await outcome('nobody')).toBe('SIP_TLS_SUBJECT_MISMATCH');
    expect(await outcome('alt\\.example\\.(org|com)')).toBe('ready');
    expect(await outcome('cn\\..*')).toBe('ready');
    expect(await outcome('(')).toBe('SIP_TLS_SUBJECT_MISMATCH');
  });

  it('registration 58: shows its certificate where one is demanded', async () => {
    const identity = authority.issue('alice');
    const rootsPem = authority.certPem;
    const outcome = (settings: TlsSettings): Promise<string> =>
      connectTo(byCommonName, 'sip.example.org', settings, authority.certPem);
    expect(await outcome({ rootsPem, identity })).toBe('ready');
    expect(await outcome({ rootsPem })).not.toBe('ready');
    const broken = { certPem: 'no certificate', keyPem: 'no key' };
    expect(await outcome({ rootsPem, identity: broken })).toBe('SIP_TLS_FAILED');
  });

  it('sends the name by SNI, but no address', async () => {
    const names: unknown[] = [];
    const server = createServer(
      { cert: byCommonName.certPem, key: byCommonName.keyPem },
      (socket: TLSSocket) => {
        names.push('servername' in socket ? socket.servername : undefined);
        socket.on('error', () => {});
      },
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    lab.onEnd(() => server.close());
    const client = lab.agent({ tls: () => ({ verifyCertificate: false }) });
    for (const name of ['sip.example.org', '127.0.0.1']) {
      const accepted = once(server, 'secureConnection');
      await client.transport.connect(...hopTo('tls', boundAddress(server), name));
      await accepted;
    }
    expect(names).toEqual(['sip.example.org', false]);
  });

  it('registration 29: fails on a peer that speaks something else', async () => {
    const server = createPlainServer((socket) => {
      socket.on('error', () => {}).end('SIP/2.0 400 Bad Request\r\n\r\n');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    lab.onEnd(() => server.close());
    const client = lab.agent({ tls: () => lab.trust });
    const refused = client.transport.connect(...hopTo('tls', boundAddress(server)));
    await expect(refused).rejects.toMatchObject({ code: 'SIP_TLS_FAILED' });
  });

  it('counts handshakes that fail on the server and goes on', async () => {
    const server = await lab.startServer('tls');
    const plain = lab.agent();
    const flow = await plain.transport.connect(...hopTo('tcp', server.address));
    flow.send(optionsOver('TCP'));
    await plain.events.until(() => plain.events.closed.length > 0);
    expect(server.transport.counters.failedHandshakes).toBe(1);
    const client = lab.agent({ tls: () => lab.trust });
    const good = await client.transport.connect(...hopTo('tls', server.address));
    expect(good.closed).toBe(false);
  });
});
