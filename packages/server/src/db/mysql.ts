import { readFileSync } from 'node:fs';
import { CompiledQuery, MysqlDialect, type Dialect } from 'kysely';
import { createPool } from 'mysql2';

/**
 * MariaDB and MySQL. Sessions are strict (a value that does not fit is an error, where FAM cuts it),
 * read committed (as PostgreSQL), and in UTC unless the URL says `?timezone=SYSTEM` (docs/database.md).
 * Other parameters: `socketPath`, `ssl-ca` (file; turns TLS on), `pool` (connections, default 10).
 */
export function mysqlDialect(url: URL): Dialect {
  const timeZone = url.searchParams.get('timezone') ?? '+00:00';
  const socketPath = url.searchParams.get('socketPath');
  const authority = url.searchParams.get('ssl-ca');
  const pool = createPool({
    ...(socketPath === null
      ? {
          host: url.hostname.replace(/^\[|\]$/g, ''),
          port: url.port === '' ? 3306 : Number(url.port),
        }
      : { socketPath }),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    charset: 'utf8mb4_unicode_ci',
    connectionLimit: Number(url.searchParams.get('pool') ?? 10),
    ...(authority === null ? {} : { ssl: { ca: readFileSync(authority) } }),
    dateStrings: true,
    supportBigNumbers: true,
    decimalNumbers: true,
    // An object given as a value must never become SQL (`{ a: 1 }` would print `a = 1`).
    stringifyObjects: true,
  });
  return new MysqlDialect({
    pool,
    onCreateConnection: async (connection) => {
      const modes = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION';
      await connection.executeQuery(
        CompiledQuery.raw(`set session sql_mode = ?, session time_zone = ?`, [modes, timeZone]),
      );
      await connection.executeQuery(
        CompiledQuery.raw('set session transaction isolation level read committed'),
      );
      // MariaDB cuts what `json_arrayagg` makes at this length, which is 1 MiB by itself.
      await connection.executeQuery(
        CompiledQuery.raw('set session group_concat_max_len = 1073741824'),
      );
    },
  });
}
