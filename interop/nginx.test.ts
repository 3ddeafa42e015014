import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { getSpace, updateSpace } from '@dialtone/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Certificate,
  createCertificate,
  createClientCertificate,
} from './support/certificate.ts';
import { startClient } from './support/client.ts';
import { type Dialtone, startDialtone } from './support/dialtone.ts';
import { type Nginx, startNginx } from './support/nginx.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const HOST = 'accounts.example.org';
const ALICE = 'sip:alice@sip.example.org';

const folder = temporaryFolder('nginx-test');
const certificate = createCertificate(folder.path);
const ofAlice = createClientCertificate(folder.path, ALICE);
let dialtone: Dialtone;
let nginx: Nginx;

beforeAll(async () => {
  dialtone = await startDialtone({
    config: { DIALTONE_TRUSTED_PROXIES: '127.0.0.1' },
    provisioningHeader: true,
  });
  const { platform, space } = dialtone;
  const switches = { client_certificate_authentication: true };
  await updateSpace(platform, space.domain, {
    ...(await getSpace(platform, space.domain)),
    host: HOST,
    switches,
  });
  await dialtone.createAccount('alice');
  const upstreamPort = Number(new URL(dialtone.url).port);
  nginx = await startNginx({ upstreamPort, certificate, clientRootsFile: ofAlice.certificateFile });
});

afterAll(async () => {
  await nginx[Symbol.asyncDispose]();
  await dialtone[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

interface Ask {
  readonly headers?: Readonly<Record<string, string>>;
  readonly client?: Certificate;
  readonly method?: string;
}

/** Asks as a phone does, from an address that is not the proxy's. */
async function ask(path: string, { headers, client, method = 'GET' }: Ask = {}) {
  const sent = request({
    host: '127.0.0.1',
    port: nginx.port,
    localAddress: '127.0.0.2',
    path,
    method,
    // The certificate of the test names localhost.
    servername: 'localhost',
    ca: readFileSync(certificate.certificateFile),
    ...(client && {
      cert: readFileSync(client.certificateFile),
      key: readFileSync(client.keyFile),
    }),
    headers: { host: HOST, 'x-linphone-provisioning': '1', ...headers },
  });
  sent.end();
  const [reply]: IncomingMessage[] = await once(sent, 'response');
  if (reply === undefined) throw new Error('no answer');
  return { status: reply.statusCode, body: await text(reply) };
}

describe('behind nginx, configured as docs/install.md says', () => {
  it('a phone is provisioned, with links to the proxy', async () => {
    expect(await ask('/api/ping')).toEqual({ status: 200, body: 'pong' });
    const { body } = await ask('/provisioning');
    expect(body).toContain(`>https://${HOST}/contacts/vcard<`);
    expect(body).not.toContain('http://127.0.0.1');
  });

  it('another host is not served', async () => {
    expect((await ask('/api/ping', { headers: { host: 'other.example.org' } })).status).toBe(404);
  });

  it('SIP over WebSocket registers and refreshes', async () => {
    await using client = await startClient({
      identity: ALICE,
      server: `sip:localhost:${nginx.port};transport=wss`,
      config: `root_ca=${certificate.certificateFile}\n`,
    });
    await client.reach('Ok');
    await client.reach('Ok', () => client.proxy.refreshRegister());
    expect(await dialtone.registered('alice@sip.example.org')).toHaveLength(1);
  });

  it('a certificate that nginx has checked is its account', async () => {
    const { status, body } = await ask('/provisioning/me', { client: ofAlice });
    expect(status).toBe(200);
    expect(body).toContain(ALICE);
  });

  it('a certificate that only headers claim is nobody', async () => {
    const headers = { 'x-ssl-client-cert': 'mine', 'x-ssl-client-s-dn': `CN=${ALICE}` };
    expect((await ask('/provisioning/me', { headers })).status).toBe(401);
  });

  it('limits count for the address of the phone, whatever it says about it', async () => {
    const statuses: unknown[] = [];
    while (statuses.length < 61) {
      const headers = { 'x-forwarded-for': `203.0.113.${statuses.length}` };
      statuses.push((await ask('/api/accounts/auth_token', { method: 'POST', headers })).status);
    }
    expect(new Set(statuses.slice(0, -1))).not.toContain(429);
    expect(statuses.at(-1)).toBe(429);
  });
});
