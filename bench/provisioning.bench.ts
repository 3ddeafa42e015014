import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createAdministrator, createSpace, readConfig, startServer } from '@dialtone/server';
import autocannon from 'autocannon';
import fastify from 'fastify';
import { sql } from 'kysely';
import type { Db } from '../packages/server/src/db/database.ts';
import { type BenchResult, formatTable } from './bench.ts';

const host = '127.0.0.1';
const domain = 'sip.example.org';
const header = { 'x-linphone-provisioning': '1' };
const connectionCounts = [1, 16, 64];
/** A token works once and only while it is its account's newest, so rounds hand out new ones. */
const tokensPerRound = 4000;
const seconds = 2;

/** What the servers of the other process are asked for. */
interface Servers {
  readonly dialtone: string;
  readonly bare: string;
  readonly apiKey: string;
}

/** Fills the tables by one statement each; a request of its own for a million accounts takes hours. */
async function fill(db: Db, accounts: number): Promise<void> {
  const numbers = sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${sql.lit(accounts)})`;
  const now = '2026-01-01 00:00:00';
  await sql`insert into accounts (username, domain, ip_address, user_agent, created_at, activated)
    ${numbers} select 'user' || i, ${domain}, '', '', ${now}, 0 from n`.execute(db);
  await sql`insert into passwords (account_id, password, algorithm)
    select id, printf('%064d', id), 'SHA-256' from accounts where username like 'user%'`.execute(
    db,
  );
}

let issued = 0;

/** New tokens for accounts all over the table. */
async function issueTokens(db: Db, accounts: number): Promise<readonly string[]> {
  const count = Math.min(tokensPerRound, accounts);
  const step = Math.floor(accounts / count);
  issued += 1;
  const rows = Array.from({ length: count }, (_, index) => ({
    account_id: 1 + index * step,
    token: `${issued}x${index}`.padEnd(13, 'y'),
    created_at: '2026-01-01 00:00:00',
  }));
  await db.transaction().execute(async (trx) => {
    for (let at = 0; at < rows.length; at += 500) {
      await trx
        .insertInto('provisioning_tokens')
        .values(rows.slice(at, at + 500))
        .execute();
    }
  });
  return rows.map(({ token }) => token);
}

/** Runs in a process of its own, so that the load generator does not share its event loop. */
async function serve(accounts: number): Promise<void> {
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
  const { db } = server.platform;
  const space = await createSpace(server.platform, { domain, host, name: 'Bench' });
  await fill(db, accounts);
  const { apiKey } = await createAdministrator(server.platform, space, {
    username: 'admin',
    password: 'secret',
    keyName: 'bench',
  });
  const me = `${server.url}/provisioning/me`;
  const body = await (await fetch(me, { headers: { ...header, 'x-api-key': apiKey } })).text();
  const app = fastify();
  app.get('/provisioning', (_request, reply) => {
    void reply.header('content-type', 'application/xml').send(body);
  });
  const bare = await app.listen({ host, port: 0 });
  process.send?.({ dialtone: server.url, bare, apiKey } satisfies Servers);
  process.on('message', (message) => {
    if (message === 'tokens') {
      void issueTokens(db, accounts).then((tokens) => process.send?.(tokens));
    }
  });
  while ((await once(process, 'message'))[0] !== 'end');
  await Promise.all([server.close(), app.close()]);
  await rm(directory, { recursive: true });
  process.disconnect();
}

async function replyOf<T>(child: ChildProcess): Promise<T> {
  const [message] = await once(child, 'message');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own other half sent it
  return message as T;
}

async function load(options: autocannon.Options): Promise<number> {
  const result = await autocannon(options);
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} refused requests`);
  return result.requests.average;
}

/** Documents per second by tokens: rounds until they took `seconds`, each timed by its answers; the first warms up. */
async function tokensPerSecond(child: ChildProcess, url: string, connections: number) {
  let [answers, elapsedMs] = [0, 0];
  for (let round = 0; elapsedMs < seconds * 1000; round++) {
    child.send('tokens');
    const tokens = await replyOf<readonly string[]>(child);
    let next = 0;
    const times: number[] = [];
    await load({
      url,
      connections,
      amount: tokens.length,
      headers: header,
      requests: [
        {
          setupRequest: (request) => ({
            ...request,
            path: `/provisioning/${tokens[next++] ?? ''}`,
          }),
        },
      ],
      setupClient: (client) => client.on('response', () => times.push(performance.now())),
    });
    if (round === 0) continue;
    answers += times.length - 1;
    elapsedMs += (times.at(-1) ?? 0) - (times[0] ?? 0);
  }
  return (answers * 1000) / elapsedMs;
}

async function measure(accounts: number): Promise<readonly BenchResult[]> {
  const child = fork(new URL(import.meta.url), ['serve', String(accounts)]);
  const { dialtone, bare, apiKey } = await replyOf<Servers>(child);
  const results: BenchResult[] = [];
  for (const connections of connectionCounts) {
    const over = { connections, duration: seconds, headers: header };
    const withKey = { ...header, 'x-api-key': apiKey };
    const rates = {
      public: await load({ ...over, url: `${dialtone}/provisioning` }),
      'me by API key': await load({
        ...over,
        url: `${dialtone}/provisioning/me`,
        headers: withKey,
      }),
      'a token each': await tokensPerSecond(child, dialtone, connections),
    };
    const yardstick = await load({ ...over, url: `${bare}/provisioning` });
    for (const [kind, rate] of Object.entries(rates)) {
      const group = `documents, ${kind}, ${accounts} accounts, ${connections} connections`;
      results.push(
        { group, name: 'Dialtone', opsPerSecond: rate, ratio: 1 },
        {
          group,
          name: 'bare Fastify, same bytes',
          opsPerSecond: yardstick,
          ratio: yardstick / rate,
        },
      );
    }
  }
  child.send('end');
  await once(child, 'exit');
  return results;
}

/**
 * Documents per second against a bare Fastify route that returns the same bytes.
 * `--accounts 1000,1000000` says how many accounts the database holds.
 */
export async function run(accounts: readonly number[] = [1000, 50_000]) {
  const results: BenchResult[] = [];
  for (const count of accounts) results.push(...(await measure(count)));
  return results;
}

const [first, count] = process.argv.slice(2);
if (first === 'serve') await serve(Number(count));
else if (import.meta.main) {
  const { values } = parseArgs({ options: { accounts: { type: 'string' } } });
  console.log(formatTable(await run(values.accounts?.split(',').map(Number))));
}
