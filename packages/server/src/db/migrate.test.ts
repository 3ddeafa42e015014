import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { getCountries, getCountryCallingCode } from 'libphonenumber-js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openEmptyDatabase } from '../testing/database-servers.ts';
import { describeMysqlSchema } from '../testing/describe-mysql-schema.ts';
import { openTestDatabase } from '../testing/test-database.ts';
import { openDatabase, type Db, type OpenDatabase } from './database.ts';
import { engines, type Engine } from './database-url.ts';
import { migrate, rollback, schemaStatus } from './migrate.ts';
import { migrations } from './migrations/migrations.ts';

const names = migrations.map(({ name }) => name);

async function openEmpty(engine: Engine): Promise<OpenDatabase> {
  const open = await openEmptyDatabase(engine);
  onTestFinished(() => open.close());
  return open;
}

/** A FAM 2.1 database as its own migrations leave it. */
async function openFamDatabase(): Promise<OpenDatabase> {
  const open = await openEmpty('mysql');
  const file = join(import.meta.dirname, '../testing/fixtures/fam-2-1.mariadb.sql');
  for (const statement of readFileSync(file, 'utf8').split(/;\n/)) {
    if (statement.trim() !== '') await sql.raw(statement).execute(open.db);
  }
  return open;
}

/** All tables but the bookkeeping of migrations. */
async function tableNames(db: Db): Promise<string[]> {
  const tables = await db.introspection.getTables();
  return tables.map(({ name }) => name).filter((name) => !name.startsWith('dialtone_migration'));
}

describe.each(engines)('migrate on %s', (engine) => {
  it('creates the schema, is a no-op afterwards, and can be undone to nothing', async () => {
    const open = await openEmpty(engine);
    expect(await schemaStatus(open)).toEqual({ applied: [], pending: names, upToDate: false });
    expect(await migrate(open)).toEqual({ applied: names, adopted: false });
    expect(await migrate(open)).toEqual({ applied: [], adopted: false });
    expect(await schemaStatus(open)).toEqual({ applied: names, pending: [], upToDate: true });
    expect(await tableNames(open.db)).toHaveLength(47);
    for (const name of names.toReversed()) {
      expect((await rollback(open)).applied).toEqual([name]);
    }
    expect(await tableNames(open.db)).toEqual([]);
  });

  it('never drops tables that hold spaces', async () => {
    const open = await openEmpty(engine);
    await migrate(open);
    await open.db.insertInto('spaces').values({ domain: 'd', host: 'h', name: 'n' }).execute();
    for (let step = 1; step < names.length; step++) await rollback(open);
    await expect(rollback(open)).rejects.toMatchObject({ code: 'migration-failed' });
    expect(await open.db.selectFrom('spaces').select('domain').execute()).toHaveLength(1);
  });
});

describe.each(['mysql', 'postgres'] as const)('several nodes on %s', (engine) => {
  it('migrate once when they start together', async () => {
    const open = await openEmpty(engine);
    const reports = await Promise.all([migrate(open), migrate(open), migrate(open)]);
    expect(reports.flatMap(({ applied }) => applied).toSorted()).toEqual(names);
  });
});

describe('a database of Flexisip Account Manager 2.1', () => {
  it('is recognised, keeps its rows, and equals a fresh one afterwards', async () => {
    const [fam, fresh] = [await openFamDatabase(), await openEmpty('mysql')];
    expect(await migrate(fam)).toEqual({ applied: names, adopted: true });
    await migrate(fresh);
    expect(await describeMysqlSchema(fam.db)).toEqual(await describeMysqlSchema(fresh.db));
    const account = await fam.db.selectFrom('accounts').selectAll().executeTakeFirstOrThrow();
    expect(account).toMatchObject({ username: 'marie', created_at: '2025-01-31 10:00:00' });
    expect(await fam.db.selectFrom('phone_countries').select('code').execute()).toHaveLength(1);
    expect(await fam.db.selectFrom('migrations').select('id').execute()).toHaveLength(1);
  });

  it('keeps the tables, columns and keys that FAM goes on using', async () => {
    const fam = await openFamDatabase();
    const before = await describeMysqlSchema(fam.db);
    await migrate(fam);
    const after = await describeMysqlSchema(fam.db);
    for (const [table, lines] of Object.entries(before)) {
      expect(after[table]).toEqual(expect.arrayContaining(lines));
      const added = (after[table] ?? []).filter((line) => !lines.includes(line));
      expect(added.every((line) => line.startsWith('index '))).toBe(true);
    }
    const own = Object.keys(after).filter((table) => before[table] === undefined);
    expect(own.every((table) => table.startsWith('dialtone_'))).toBe(true);
  });

  it('is refused with what is missing when it is older', async () => {
    const fam = await openFamDatabase();
    await sql`alter table spaces drop column client_certificate_authentication`.execute(fam.db);
    await sql`drop table call_forwardings`.execute(fam.db);
    await expect(migrate(fam)).rejects.toMatchObject({
      code: 'fam-schema-too-old',
      message: expect.stringMatching(/client_certificate_authentication, call_forwardings missing/),
    });
    expect(await tableNames(fam.db)).not.toContain('dialtone_outbox');
  });
});

describe('phone countries', () => {
  it('are those with a numbering plan, all deactivated', async () => {
    const { db, close } = await openTestDatabase();
    onTestFinished(close);
    const rows = await db.selectFrom('phone_countries').selectAll().orderBy('code').execute();
    const expected = getCountries()
      .filter((code) => !['AC', 'TA', 'XK'].includes(code))
      .toSorted()
      .map((code) => ({ code, country_code: getCountryCallingCode(code), activated: 0 }));
    expect(rows).toHaveLength(242);
    expect(rows).toMatchObject(expected);
  });
});

it('a migration that fails leaves nothing behind on SQLite', async () => {
  const open = openDatabase('sqlite::memory:');
  onTestFinished(() => open.close());
  await sql`create view dialtone_outbox as select 1`.execute(open.db);
  await expect(migrate(open)).rejects.toMatchObject({ code: 'migration-failed' });
  expect(await tableNames(open.db)).toEqual(['dialtone_outbox']);
});
