import { CompiledQuery, PostgresDialect, type Dialect } from 'kysely';
import { Pool, types } from 'pg';

/** Types whose JavaScript value differs from pg's own: 64-bit and exact numbers, dates without zone. */
const readers: ReadonlyMap<number, (text: string) => unknown> = new Map<
  number,
  (text: string) => unknown
>([
  [types.builtins.INT8, Number],
  [types.builtins.NUMERIC, Number],
  [types.builtins.TIMESTAMP, (text) => text],
]);

/** PostgreSQL 13 and later; identities are `citext`, booleans `smallint`, dates `timestamp(0)`. */
export function postgresDialect(url: URL): Dialect {
  const poolSize = Number(url.searchParams.get('pool') ?? 10);
  const connection = new URL(url);
  connection.searchParams.delete('pool');
  const pool = new Pool({
    connectionString: connection.href,
    max: poolSize,
    types: {
      getTypeParser: (id: number, format?: 'text' | 'binary') =>
        readers.get(id) ?? types.getTypeParser(id, format as 'text'),
    },
  });
  // A server that restarts breaks idle connections; the pool replaces them, nobody has to die.
  pool.on('error', () => {});
  return new PostgresDialect({
    pool,
    onCreateConnection: async (connection) => {
      await connection.executeQuery(CompiledQuery.raw(`set datestyle to 'ISO, YMD'`));
      await connection.executeQuery(CompiledQuery.raw(`set time zone 'UTC'`));
    },
  });
}
