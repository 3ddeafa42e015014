import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  createAccount,
  createSpace,
  type Environment,
  readConfig,
  startServer,
} from '@dialtone/server';
import { afterEach, describe, expect, it } from 'vitest';
import { checkDates } from './check-certificate.ts';
import { judgeClock } from './check-clock.ts';
import { examine } from './examine.ts';
import type { Finding } from './finding.ts';

const HOST = '127.0.0.1';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'dialtone-doctor-'));
  endings.push(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function listen(server: Server): Promise<number> {
  server.listen(0, HOST);
  await once(server, 'listening');
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  endings.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  server.close();
  await once(server, 'close');
  return port;
}

/** Settings of a server that does not run yet, on ports of its own. */
async function settings(): Promise<Record<string, string>> {
  return {
    DIALTONE_DATA: folder(),
    DIALTONE_HOST: HOST,
    DIALTONE_PORT: String(await freePort()),
    DIALTONE_SIP_HOST: HOST,
    DIALTONE_SIP_PORT: String(await freePort()),
    DIALTONE_LOG_LEVEL: 'silent',
  };
}

/** Starts that server with a space at `host` and an account. */
async function start(environment: Environment, host = HOST): Promise<void> {
  const server = await startServer(readConfig(environment));
  endings.push(() => server.close());
  const space = await createSpace(server.platform, {
    domain: 'sip.example.org',
    host,
    name: 'Test',
  });
  const account = { username: 'alice', password: 'secret', ipAddress: HOST, activated: true };
  await createAccount(server.platform, space, { ...account, admin: true });
}

const inShort = ({ check, status }: Finding): string => `${status} ${check}`;

async function find(environment: Environment): Promise<readonly Finding[]> {
  const told: Finding[] = [];
  const all = await examine(environment, (finding) => told.push(finding));
  expect(told).toEqual(all);
  for (const { status, advice } of all) expect(advice === undefined).toBe(status === 'ok');
  return all;
}

describe('the doctor', () => {
  it('finds a running server well', async () => {
    const environment = await settings();
    await start(environment);
    const findings = await find(environment);
    expect(findings.map(inShort)).toEqual([
      'ok configuration',
      'ok database',
      'ok schema',
      'ok spaces',
      'ok accounts',
      'ok http',
      'ok space sip.example.org',
      'ok registrar',
      'ok registrar',
      'warn mail',
    ]);
  });

  it('finds every fault of the settings at once, and repeats no secret', async () => {
    const findings = await find({ DIALTONE_PORT: 'many', DIALTONE_DATABASE: 'hush://hush' });
    expect(findings.map(inShort)).toEqual(['fail configuration', 'fail configuration']);
    expect(JSON.stringify(findings)).not.toContain('hush');
  });

  it('tells a misspelt setting', async () => {
    const environment = await settings();
    const [, misspelt] = await find({ ...environment, DIALTONE_PROT: '8081' });
    expect(misspelt).toMatchObject({
      status: 'warn',
      text: expect.stringContaining('DIALTONE_PROT'),
    });
  });

  it('creates nothing where there is nothing', async () => {
    const environment = await settings();
    expect((await find(environment)).map(inShort)).toEqual([
      'ok configuration',
      'warn database',
      'warn http',
    ]);
    expect((await find(environment)).map(inShort)).toContain('warn database');
  });

  it('finds a FAM database that is too old', async () => {
    const environment = await settings();
    const file = new DatabaseSync(join(String(environment['DIALTONE_DATA']), 'dialtone.db'));
    file.exec('create table accounts (id integer)');
    file.close();
    const schema = (await find(environment)).find(({ check }) => check === 'schema');
    expect(schema).toMatchObject({ status: 'fail', text: expect.stringMatching(/2\.1 database/) });
  });

  it.each([
    [0, 'ok'],
    [-29_000, 'ok'],
    [31_000, 'warn'],
    [-90_000, 'warn'],
  ])('finds a clock that deviates by %i ms: %s', (deviationMs, status) => {
    expect(judgeClock(deviationMs).status).toBe(status);
  });

  it('finds a database that does not answer, and tells no password', async () => {
    const url = `mysql://dialtone:hush@${HOST}:${await freePort()}/dialtone`;
    const findings = await find({ ...(await settings()), DIALTONE_DATABASE: url });
    expect(findings).toContainEqual(
      expect.objectContaining({
        check: 'database',
        status: 'fail',
        text: expect.stringMatching(/^mysql at 127\.0\.0\.1:\d+ cannot be used \(ECONNREFUSED\)$/),
      }),
    );
    expect(JSON.stringify(findings)).not.toContain('hush');
  });

  it('finds another program at our port, and nobody', async () => {
    const environment = await settings();
    const other = createHttpServer((_request, response) => response.end('<h1>It works</h1>'));
    const taken = { ...environment, DIALTONE_PORT: String(await listen(other)) };
    expect((await find(taken)).map(inShort)).toContain('fail http');
    expect((await find(environment)).map(inShort)).toContain('warn http');
  });

  it('finds a host without address', async () => {
    const environment = await settings();
    await start(environment, 'nowhere.invalid');
    expect((await find(environment)).map(inShort)).toContain('fail space sip.example.org');
  });

  it('finds that phones are sent to somebody else', async () => {
    const environment = await settings();
    await start(environment);
    const other = createHttpServer((_request, response) => response.end('not ours'));
    const publicUrl = `http://{host}:${await listen(other)}`;
    const found = await find({ ...environment, DIALTONE_PUBLIC_URL: publicUrl });
    expect(found).toContainEqual(
      expect.objectContaining({ status: 'fail', text: expect.stringMatching(/^somebody else/) }),
    );
    const nobody = `https://{host}:${await freePort()}`;
    const silent = await find({ ...environment, DIALTONE_PUBLIC_URL: nobody });
    expect(silent.map(inShort)).toEqual(
      expect.arrayContaining([
        'warn configuration',
        'warn space sip.example.org',
        'fail certificate of 127.0.0.1',
      ]),
    );
  });

  it('finds the SIP server that is used instead of the registrar', async () => {
    const environment = { ...(await settings()), DIALTONE_REGISTRAR: 'false' };
    await start(environment);
    const other = await settings();
    await start(other);
    const at = (port: string | undefined): Environment => ({
      ...environment,
      DIALTONE_SIP_PROXY: `sip:${HOST}:${port};transport=tcp`,
    });
    expect((await find(at(other['DIALTONE_SIP_PORT']))).map(inShort)).toContain('ok SIP server');
    expect((await find(at(String(await freePort())))).map(inShort)).toContain('fail SIP server');
  });

  it('finds a mail server that takes mail, and one that does not', async () => {
    const environment = await settings();
    await start(environment);
    const smtp = createServer((socket) => {
      socket.on('error', () => {});
      socket.write('220 test ESMTP\r\n');
      socket.on('data', (line) =>
        socket.write(String(line).startsWith('EHLO') ? '250 test\r\n' : '250 ok\r\n'),
      );
    });
    const mail = (port: number): Environment => ({
      ...environment,
      MAIL_HOST: HOST,
      MAIL_PORT: String(port),
    });
    expect(await find(mail(await listen(smtp)))).toContainEqual(
      expect.objectContaining({ check: 'mail', status: 'ok' }),
    );
    expect(await find(mail(await freePort()))).toContainEqual(
      expect.objectContaining({
        status: 'fail',
        text: expect.stringContaining('cannot be used (ESOCKET ECONNREFUSED)'),
        advice: expect.stringContaining('Nothing listens there'),
      }),
    );
  });

  it('finds a Redis that does not answer', async () => {
    const redis = `redis://:hush@${HOST}:${await freePort()}`;
    const findings = await find({ ...(await settings()), DIALTONE_REDIS: redis });
    expect(findings.map(inShort)).toContain('fail redis');
    expect(JSON.stringify(findings)).not.toContain('hush');
  });

  it('finds a certificate that will end soon, and a key of another one', async () => {
    const path = folder();
    const make = (name: string, days: number): string => {
      const options = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days ${days}`;
      const files = ['-keyout', join(path, `${name}.key`), '-out', join(path, `${name}.crt`)];
      execFileSync('openssl', [...options.split(' '), '-subj', '/CN=localhost', ...files], {
        stdio: 'ignore',
      });
      return join(path, name);
    };
    const [soon, late] = [make('soon', 3), make('late', 90)];
    const environment = await settings();
    const check = async (certificate: string, key: string): Promise<readonly string[]> => {
      const files = { DIALTONE_SIP_TLS_CERTIFICATE: certificate, DIALTONE_SIP_TLS_KEY: key };
      return (await find({ ...environment, ...files })).map(inShort);
    };
    expect(await check(`${soon}.crt`, `${soon}.key`)).toContain(
      'warn certificate of the registrar',
    );
    expect(await check(`${late}.crt`, `${late}.key`)).toContain('ok certificate of the registrar');
    expect(await check(`${late}.crt`, `${soon}.key`)).toContain(
      'fail certificate of the registrar',
    );
    expect(await check(`${path}/none.crt`, `${soon}.key`)).toContain(
      'fail certificate of the registrar',
    );
  });
});

it.each([
  [-1, 'fail'],
  [0, 'warn'],
  [20, 'warn'],
  [21, 'ok'],
])('a certificate that ends in %i days is a %s', (days, status) => {
  const now = Date.UTC(2026, 0, 1);
  const validTo = now + days * 86_400_000 + 1;
  expect(checkDates('certificate', { validFrom: now - 1, validTo }, now).status).toBe(status);
  const early = { validFrom: now + 1, validTo };
  expect(checkDates('certificate', early, now).status).toBe('fail');
});
