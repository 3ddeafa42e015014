import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
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
import type { FrequentWrites } from './support/frequent-writer.ts';

const accounts = '/api/accounts';
const me = '/api/accounts/me';
/** Of the bare server: the same account with the header field that answers to digest have. */
const challengedPath = '/challenged';
const host = '127.0.0.1';
const domain = 'sip.example.org';
const password = 'secret';
const connectionCounts = [16, 64];
/** One caller for each connection, so that no request repeats another one's queries. */
const callers = Math.max(...connectionCounts);
/** Rounds of each candidate, taken in turn so that a busy moment hits all of them; the median counts. */
const rounds = 5;
const seconds = 2;

/** How often another program writes, where one does: about as often as a busy server does itself. */
const writeEveryMs = 3;

/** Where the servers of the other process listen. */
interface Servers {
  readonly dialtone: string;
  readonly bare: string;
  readonly apiKeys: readonly string[];
  readonly database: string;
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
  const apiKeys: string[] = [];
  for (let n = 0; n < callers; n++) {
    const administrator = { username: usernameOf(n), password, keyName: 'bench' };
    apiKeys.push((await createAdministrator(server.platform, space, administrator)).apiKey);
  }
  const headers = { 'x-api-key': apiKeys[0] ?? '', accept: 'application/json' };
  const body = await (await fetch(`${server.url}${me}`, { headers })).text();

  const challenged = await fetch(`${server.url}${me}`, {
    headers: { from: `sip:${usernameOf(0)}@${domain}` },
  });
  const challenge = challenged.headers.get('www-authenticate') ?? '';

  const app = fastify();
  app.get(me, (_request, reply) => {
    void reply.header('content-type', 'application/json').send(body);
  });
  app.get(challengedPath, (_request, reply) => {
    void reply
      .headers({ 'content-type': 'application/json', 'www-authenticate': challenge })
      .send(body);
  });
  app.post(accounts, (_request, reply) => {
    void reply.header('content-type', 'application/json').send(body);
  });
  const bare = await app.listen({ host, port: 0 });
  const database = join(directory, 'dialtone.db');
  process.send?.({ dialtone: server.url, bare, apiKeys, database } satisfies Servers);
  process.on('message', (message) => {
    if (message === 'cpu') process.send?.(process.cpuUsage());
  });
  while ((await once(process, 'message'))[0] !== 'end');
  await Promise.all([server.close(), app.close()]);
  await rm(directory, { recursive: true });
  process.disconnect();
}

const usernameOf = (n: number): string => `admin${n}`;

/** The `Authorization` values of one digest session: each next request counts up. */
async function digestSession(url: string, username: string): Promise<() => string> {
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
    const input = { algorithm, ha1, method: 'GET', uri: me, nonce, auth } as const;
    return `Digest username="${username}", realm="${realm}", nonce="${nonce}", uri="${me}", response="${computeResponse(input)}", algorithm=${algorithm}, cnonce="${auth.cnonce}", opaque="${opaque}", qop=auth, nc=${auth.nc}`;
  };
}

async function answerOf<T>(child: ChildProcess): Promise<T> {
  const [message] = await once(child, 'message');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own other half sent it
  return message as T;
}

/** Processor time that the process of the servers has used, in microseconds. */
async function cpuMicroseconds(child: ChildProcess): Promise<number> {
  child.send('cpu');
  const { user, system } = await answerOf<NodeJS.CpuUsage>(child);
  return user + system;
}

/** Lets somebody else write to the database now and then, as administrators and other nodes do. */
async function whileWriting<T>(database: string, work: () => Promise<T>): Promise<T> {
  const workerData: FrequentWrites = { database, everyMs: writeEveryMs };
  const writer = new Worker(new URL('support/frequent-writer.ts', import.meta.url), { workerData });
  try {
    return await work();
  } finally {
    await writer.terminate();
  }
}

/** One kind of load: its options, made anew for each round. */
interface Load {
  readonly name: string;
  /** The load that sends the same requests to a server that only answers, if it is not the last one. */
  readonly bare?: string;
  readonly options: (connections: number) => Promise<autocannon.Options> | autocannon.Options;
}

const accept = 'application/json';

const sameRequests = 'bare Fastify, digest requests and answers';

function readsOf({ dialtone, bare, apiKeys }: Servers): readonly Load[] {
  const url = `${dialtone}${me}`;
  const byKey = (): autocannon.Options => {
    let next = 0;
    const setupClient = (client: autocannon.Client): void => {
      client.setHeaders({ accept, 'x-api-key': apiKeys[next++ % callers] ?? '' });
    };
    return { url, setupClient };
  };
  const byDigest = async (url: string, connections: number): Promise<autocannon.Options> => {
    const names = Array.from({ length: connections }, (_, n) => usernameOf(n));
    const sessions = await Promise.all(
      names.map(async (name) => ({
        from: `sip:${name}@${domain}`,
        next: await digestSession(`${dialtone}${me}`, name),
      })),
    );
    const setupClient = (client: autocannon.Client): void => {
      const session = sessions.pop();
      if (session === undefined) return;
      const advance = (): void => {
        client.setHeaders({ accept, from: session.from, authorization: session.next() });
      };
      advance();
      client.on('response', advance);
    };
    return { url, setupClient };
  };
  return [
    { name: 'by API key', options: byKey },
    {
      name: 'by digest',
      bare: sameRequests,
      options: (connections) => byDigest(url, connections),
    },
    {
      name: sameRequests,
      options: (connections) => byDigest(`${bare}${challengedPath}`, connections),
    },
    { name: 'bare Fastify, same bytes', options: () => ({ url: `${bare}${me}` }) },
  ];
}

let created = 0;

function creationsOf({ dialtone, bare, apiKeys }: Servers): readonly Load[] {
  const creating = (url: string): autocannon.Options => ({
    url,
    requests: [
      {
        method: 'POST',
        path: accounts,
        headers: { accept, 'content-type': accept, 'x-api-key': apiKeys[0] ?? '' },
        setupRequest: (request) => ({
          ...request,
          body: JSON.stringify({ username: `user${created++}`, password, algorithm: 'SHA-256' }),
        }),
      },
    ],
  });
  return [
    { name: 'by API key, synced to disk', options: () => creating(dialtone) },
    { name: 'bare Fastify, same bytes', options: () => creating(bare) },
  ];
}

/** What one round of a load came to. */
interface Measure {
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  /** Processor time of a request in the servers' process, in microseconds. */
  readonly cpu: number;
}

/** The loads of a group beside each other; the ratio is to the last one, which does nothing. */
async function compare(
  child: ChildProcess,
  group: string,
  loads: readonly Load[],
  connections: number,
): Promise<readonly BenchResult[]> {
  const measured = loads.map((): Measure[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, { options }] of loads.entries()) {
      const load = { connections, duration: seconds, ...(await options(connections)) };
      const before = await cpuMicroseconds(child);
      const { requests, latency, non2xx, errors } = await autocannon(load);
      if (non2xx + errors > 0) throw new Error(`${non2xx} refused requests`);
      const cpu = ((await cpuMicroseconds(child)) - before) / requests.total;
      const { p50, p99 } = latency;
      measured[index]?.push({ rate: requests.average, p50, p99, cpu });
    }
  }
  const medians = measured.map((rows) => ({
    rate: median(rows.map(({ rate }) => rate)),
    p50: median(rows.map(({ p50 }) => p50)),
    p99: median(rows.map(({ p99 }) => p99)),
    cpu: median(rows.map(({ cpu }) => cpu)),
  }));
  const [last] = medians.slice(-1);
  return loads.map(({ name, bare }, index) => {
    const own = medians[index];
    if (own === undefined || last === undefined) throw new Error(`${name} was not measured`);
    const same = medians[loads.findIndex((load) => load.name === bare)];
    const { p50, p99, cpu } = own;
    const figures = [
      `p50 ${p50} ms`,
      `p99 ${p99} ms`,
      `CPU ${cpu.toFixed(1)} µs: ${ratio(last.cpu, cpu)}`,
    ];
    if (same !== undefined) {
      figures.push(
        `of the same requests: ${ratio(own.rate, same.rate)}, CPU ${ratio(same.cpu, cpu)}`,
      );
    }
    return {
      group: `${group}, ${connections} connections`,
      name: `${name} (${figures.join(', ')})`,
      opsPerSecond: own.rate,
      ratio: own.rate / last.rate,
    };
  });
}

const ratio = (part: number, whole: number): string => `${(part / whole).toFixed(2)}×`;

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/**
 * `GET /api/accounts/me` by API key and by digest, while nobody writes and while another program
 * does, and `POST /api/accounts`, on SQLite in a file, against bare Fastify routes that send the same
 * bytes; the ratios are to those, of requests per second and of processor time.
 */
export async function run(): Promise<readonly BenchResult[]> {
  const child = fork(new URL(import.meta.url), ['serve']);
  const servers = await answerOf<Servers>(child);
  const results: BenchResult[] = [];
  for (const connections of connectionCounts) {
    const measure = (group: string, loads: readonly Load[]) =>
      compare(child, group, loads, connections);
    results.push(...(await measure(`GET ${me}`, readsOf(servers))));
    const written = `GET ${me}, a write every ${writeEveryMs} ms`;
    results.push(
      ...(await whileWriting(servers.database, () => measure(written, readsOf(servers)))),
    );
    results.push(...(await measure(`POST ${accounts}`, creationsOf(servers))));
  }
  child.send('end');
  await once(child, 'exit');
  return results;
}

if (process.argv.includes('serve')) await serve();
else if (import.meta.main) console.log(formatTable(await run()));
