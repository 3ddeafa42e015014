import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import { type Db, type OpenDatabase, openDatabase } from '../packages/server/src/db/database.ts';
import type { Engine } from '../packages/server/src/db/database-url.ts';
import { insertReturningId } from '../packages/server/src/db/insert.ts';
import { migrate } from '../packages/server/src/db/migrate.ts';
import { relaxedWrite } from '../packages/server/src/db/relaxed-write.ts';
import type { Database } from '../packages/server/src/db/schema.ts';
import { createDatabase } from '../packages/server/src/testing/database-servers.ts';
import { type BenchResult, type Candidate, compare, formatTable } from './bench.ts';

/** The private servers of the tests keep their files in memory and never wait for a disk; SQLite does. */
const names: Readonly<Record<Engine, string>> = {
  sqlite: 'Dialtone on SQLite, synced file',
  mysql: 'Dialtone on MariaDB, in memory',
  postgres: 'Dialtone on PostgreSQL, in memory',
};

const accounts = 1000;
const now = '2026-01-01 00:00:00';
const domain = 'sip.example.org';

/** Names in an order that no cache of one row can use. */
let turn = 0;
const nextName = (): string => `user${(turn = (turn + 7) % accounts)}`;

async function fill({ db }: OpenDatabase): Promise<void> {
  await db.insertInto('spaces').values({ domain, host: 'h', name: 'n' }).execute();
  await db
    .insertInto('accounts')
    .values(Array.from({ length: accounts }, (_, n) => account(`user${n}`)))
    .execute();
}

const account = (username: string) => ({
  username,
  domain,
  ip_address: '',
  user_agent: '',
  created_at: now,
});

const lookUp = (db: Db): Promise<unknown> =>
  db
    .selectFrom('accounts')
    .selectAll()
    .where('username', '=', nextName())
    .where('domain', '=', domain)
    .executeTakeFirst();

let tokens = 0;
const insert = (db: Db): Promise<unknown> =>
  insertReturningId(db, 'provisioning_tokens', { account_id: 1, token: `token${tokens++}` });

const lookUpSql = 'select * from "accounts" where "username" = ? and "domain" = ?';
const insertSql =
  'insert into "provisioning_tokens" ("account_id", "token") values (?, ?) returning id as "id"';

/** Kysely's dialect as it comes, with a new statement for each query. */
function withoutStatementCache(file: DatabaseSync): Db {
  return new Kysely<Database>({
    dialect: new SqliteDialect({
      database: {
        close: () => file.close(),
        prepare: (text) => {
          const statement = file.prepare(text);
          return {
            reader: statement.columns().length > 0,
            all: (parameters) => statement.all(...parameters.map(String)),
            run: (parameters) => statement.run(...parameters.map(String)),
            iterate: (parameters) => statement.iterate(...parameters.map(String)),
          };
        },
      },
    }),
  });
}

/** Point look-up and single-row insert through Dialtone's database layer, per engine and against bare node:sqlite. */
export async function run(): Promise<readonly BenchResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'dialtone-bench-'));
  const path = join(folder, 'bench.db');
  const urls: readonly (readonly [Engine, string])[] = [
    ['sqlite', `sqlite:${path}`],
    ['mysql', await createDatabase('mysql')],
    ['postgres', await createDatabase('postgres')],
  ];
  const opened: { name: string; open: OpenDatabase }[] = [];
  for (const [engine, url] of urls) {
    const open = openDatabase(url);
    await migrate(open);
    await fill(open);
    opened.push({ name: names[engine], open });
  }
  const raw = new DatabaseSync(path);
  raw.exec('pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000');
  const rawLookUp = raw.prepare(lookUpSql);
  const rawInsert = raw.prepare(insertSql);
  const uncached = withoutStatementCache(raw);
  const bare: readonly Candidate[] = [
    { name: 'Kysely without statement cache', run: () => lookUp(uncached) },
    { name: 'node:sqlite by hand', run: () => rawLookUp.get(nextName(), domain) },
  ];
  const candidates = (work: (db: Db) => Promise<unknown>): Candidate[] =>
    opened.map(({ name, open }) => ({ name, run: () => work(open.db) }));
  const relaxed = opened.slice(0, 1).map(({ open }) => ({
    name: 'Dialtone on SQLite, relaxed write',
    run: () => relaxedWrite(open.db, insert),
  }));
  const results = [
    ...(await compare('account by name and domain', [...candidates(lookUp), ...bare])),
    ...(await compare('insert a token', [
      ...candidates(insert),
      ...relaxed,
      { name: 'node:sqlite by hand, synced file', run: () => rawInsert.get(1, `token${tokens++}`) },
    ])),
  ];
  await Promise.all(opened.map(({ open }) => open.close()));
  await uncached.destroy();
  await rm(folder, { recursive: true });
  return results;
}

if (import.meta.main) console.log(formatTable(await run()));
