import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  computeHa1,
  computeResponse,
  formatNonceCount,
  parseChallenges,
} from '@dialtone/sip/digest';
import { createAdministrator, createSpace, readConfig, startServer } from '@dialtone/server';
import autocannon from 'autocannon';
import fastify from 'fastify';
import { type BenchResult, formatTable } from './bench.ts';

const path = '/api/accounts/me';
const host = '127.0.0.1';
const domain = 'sip.example.org';
const username = 'admin';
const password = 'secret';
const connections = 16;
const seconds = 4;

/** Where the servers of the other process listen. */
interface Servers {
  readonly dialtone: string;
  readonly bare: string;
  readonly apiKey: string;
}

/** Runs in a process of its own, so that the load generator does not share its event loop. */
async function serve(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'dialtone-bench-'));
  const server = await startServer(
    readConfig({
      DIALTONE_HOST: host,
      DIALTONE_PORT: '0',
      DIALTONE_DATA: directory,
      DIALTONE_REGISTRAR: 'off',
      DIALTONE_LOG_LEVEL: 'warn',
    }),
  );
  const space = await createSpace(server.platform, { domain, host, name: 'Bench' });
  const administrator = { username, password, keyName: 'bench' };
  const { apiKey } = await createAdministrator(server.platform, space, administrator);
  const headers = { 'x-api-key': apiKey, accept: 'application/json' };
  const body = await (await fetch(`${server.url}${path}`, { headers })).text();

  const app = fastify();
  app.get(path, (_request, reply) => {
    void reply.header('content-type', 'application/json').send(body);
  });
  const bare = await app.listen({ host, port: 0 });
  process.send?.({ dialtone: server.url, bare, apiKey } satisfies Servers);
  await once(process, 'message');
  await Promise.all([server.close(), app.close()]);
  await rm(directory, { recursive: true });
  process.disconnect();
}

/** The `Authorization` values of one digest session: each next request counts up. */
async function digestSession(url: string): Promise<() => string> {
  const response = await fetch(url, { headers: { from: `sip:${username}@${domain}` } });
  const [challenge] = parseChallenges([response.headers.get('www-authenticate') ?? '']);
  if (challenge?.kind !== 'digest') throw new Error('no digest challenge');
  const { realm, nonce, opaque } = challenge;
  const algorithm = 'SHA-256';
  const ha1 = computeHa1({ algorithm, username, realm, password });
  let count = 0;
  return () => {
    count += 1;
    const auth = { nc: formatNonceCount(count), cnonce: '0a4f113b' };
    const input = { algorithm, ha1, method: 'GET', uri: path, nonce, auth } as const;
    return `Digest username="${username}", realm="${realm}", nonce="${nonce}", uri="${path}", response="${computeResponse(input)}", algorithm=${algorithm}, cnonce="${auth.cnonce}", opaque="${opaque}", qop=auth, nc=${auth.nc}`;
  };
}

function serversOf(child: ChildProcess): Promise<Servers> {
  return new Promise((resolve, reject) => {
    child.once('message', resolve).once('error', reject);
  });
}

async function requestsPerSecond(options: autocannon.Options): Promise<number> {
  const result = await autocannon({ connections, duration: seconds, ...options });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} refused requests`);
  return result.requests.average;
}

/** `GET /api/accounts/me` on SQLite by API key and by digest, against bare Fastify sending the same bytes. */
export async function run(): Promise<readonly BenchResult[]> {
  const child = fork(new URL(import.meta.url), ['serve']);
  const { dialtone, bare, apiKey } = await serversOf(child);
  const accept = 'application/json';
  const sessions = await Promise.all(
    Array.from({ length: connections }, () => digestSession(`${dialtone}${path}`)),
  );
  const byDigest = {
    url: `${dialtone}${path}`,
    setupClient: (client: autocannon.Client) => {
      const next = sessions.pop();
      if (next === undefined) return;
      const advance = (): void => {
        const from = `sip:${username}@${domain}`;
        client.setHeaders({ accept, from, authorization: next() });
      };
      advance();
      client.on('response', advance);
    },
  };
  const rates = [
    ['by API key', { url: `${dialtone}${path}`, headers: { accept, 'x-api-key': apiKey } }],
    ['by digest, one session per connection', byDigest],
    ['bare Fastify, same bytes', { url: `${bare}${path}` }],
  ] as const;
  const measured: { name: string; opsPerSecond: number }[] = [];
  for (const [name, options] of rates) {
    measured.push({ name, opsPerSecond: await requestsPerSecond(options) });
  }
  child.send('end');
  const first = measured[0]?.opsPerSecond ?? 1;
  return measured.map(({ name, opsPerSecond }) => ({
    group: 'GET /api/accounts/me',
    name,
    opsPerSecond,
    ratio: opsPerSecond / first,
  }));
}

if (process.argv.includes('serve')) await serve();
else if (import.meta.main) console.log(formatTable(await run()));
