import { connect, createServer } from 'node:net';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAdministrator } from './accounts/create-administrator.ts';
import { type Environment, readConfig } from './config/env.ts';
import { openDatabase } from './db/database.ts';
import { type RunningServer, startServer } from './main.ts';
import { createSpace } from './spaces/space.service.ts';

let directory: string;
let server: RunningServer | undefined;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'dialtone-server-'));
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  await rm(directory, { recursive: true });
});

function configOf(environment: Environment = {}) {
  return readConfig({
    DIALTONE_HOST: '127.0.0.1',
    DIALTONE_PORT: '0',
    DIALTONE_DATA: directory,
    DIALTONE_REGISTRAR: 'off',
    DIALTONE_LOG_LEVEL: 'silent',
    ...environment,
  });
}

describe('a server', () => {
  it('makes its data directory and database, readable by nobody else, and answers', async () => {
    const data = join(directory, 'new', 'data');
    server = await startServer(configOf({ DIALTONE_DATA: data }));
    const response = await fetch(`${server.url}/healthz`);
    expect(await response.json()).toEqual({ status: 'ok' });
    const modes = await Promise.all(
      [data, ...(await readdir(data)).map((file) => join(data, file))].map(
        async (path) => (await stat(path)).mode & 0o77,
      ),
    );
    expect(modes.length).toBeGreaterThan(2);
    expect(modes.every((others) => others === 0)).toBe(true);
  });

  it('stores what it counted when it ends, and ends once', async () => {
    server = await startServer(configOf());
    const { platform } = server;
    const host = '127.0.0.1';
    const space = await createSpace(platform, { domain: 'sip.example.com', host, name: 'Test' });
    const administrator = { username: 'admin', password: 'secret', keyName: 'test' };
    const { apiKey } = await createAdministrator(platform, space, administrator);
    const headers = { 'x-api-key': apiKey, accept: 'application/json' };
    const response = await fetch(`${server.url}/api/accounts/me`, { headers });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json');
    await Promise.all([server.close(), server.close()]);

    const database = openDatabase(configOf().data.databaseUrl);
    const row = await database.db.selectFrom('api_keys').select('requests').executeTakeFirst();
    await database.close();
    expect(row?.requests).toBe(1);
  });

  it('answers in HTTP/1.1 those who would rather have HTTP/2', async () => {
    const sip = {
      DIALTONE_REGISTRAR: 'on',
      DIALTONE_SIP_HOST: '127.0.0.1',
      DIALTONE_SIP_PORT: '0',
    };
    server = await startServer(configOf(sip));
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.write(
      'GET /healthz HTTP/1.1\r\nHost: a.example.org\r\nConnection: Upgrade, HTTP2-Settings\r\n' +
        'Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n',
    );
    const [answer]: unknown[] = await once(socket, 'data');
    socket.destroy();
    expect(String(answer)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('cuts bodies that never end', async () => {
    server = await startServer(configOf());
    const host = '127.0.0.1';
    await createSpace(server.platform, { domain: 'sip.example.com', host, name: 'Test' });
    const { port } = new URL(server.url);
    const socket = connect(Number(port), host);
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    const send = (): void =>
      void (socket.writable && socket.write(chunk, () => setImmediate(send)));
    const closed = new Promise((resolve) => {
      socket.on('error', resolve).on('close', resolve);
    });
    socket.write(
      'POST /api/accounts HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n',
    );
    send();
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toContain('HTTP/1.1 413');
    await closed;
  });
});

describe('a server that cannot start says why:', () => {
  it('the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    await expect(startServer(configOf({ DIALTONE_PORT: String(port) }))).rejects.toMatchObject({
      name: 'StartError',
      code: 'address-in-use',
      message: expect.stringContaining(`Port ${port} on 127.0.0.1 is taken`),
    });
    other.close();
  });

  it('the database does not answer, without its password', async () => {
    const url = 'mysql://fam:s3cret@127.0.0.1:1/flexiapi';
    const starting = startServer(configOf({ DIALTONE_DATABASE: url }));
    await expect(starting).rejects.toMatchObject({
      name: 'StartError',
      code: 'database-unreachable',
      message: expect.stringContaining('mysql at 127.0.0.1:1'),
    });
    await expect(starting).rejects.toMatchObject({
      message: expect.not.stringContaining('s3cret'),
    });
  });

  it('the address is not of this machine', async () => {
    await expect(startServer(configOf({ DIALTONE_HOST: '192.0.2.1' }))).rejects.toMatchObject({
      name: 'StartError',
      code: 'address-unavailable',
    });
  });
});
