import { CompiledQuery, PostgresDialect, type Dialect } from 'kysely';
import { Pool, TypeOverrides, types } from 'pg';

/** Own copy of pg's readers, so that nothing else in the process changes. */
const readers = new TypeOverrides();
readers.setTypeParser(types.builtins.INT8, Number);
readers.setTypeParser(types.builtins.NUMERIC, Number);
// Dates stay text, as on the other engines.
readers.setTypeParser(types.builtins.TIMESTAMP, (text) => text);

/**
 * PostgreSQL 13 and later; identities are `citext`, booleans `smallint`, dates `timestamp(0)`.
 * URL parameters: libpq's (`sslmode`, `sslrootcert`, `host`), `socketPath` (folder of the socket),
 * `pool` (connections, default 10).
 */
export function postgresDialect(url: URL): Dialect {
  const poolSize = Number(url.searchParams.get('pool') ?? 10);
  const connection = new URL(url);
  connection.searchParams.delete('pool');
  const socketPath = connection.searchParams.get('socketPath');
  if (socketPath !== null) {
    connection.searchParams.delete('socketPath');
    connection.searchParams.set('host', socketPath);
  }
  const pool = new Pool({
    connectionString: connection.href,
    max: poolSize,
    types: readers,
  });
  // A server that restarts breaks connections, idle ones and those in the middle of a transaction: their
  // queries fail and the pool replaces them, nobody has to die.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return new PostgresDialect({
    pool,
    onCreateConnection: async (connection) => {
      await connection.executeQuery(CompiledQuery.raw(`set datestyle to 'ISO, YMD'`));
      await connection.executeQuery(CompiledQuery.raw(`set time zone 'UTC'`));
    },
  });
}
