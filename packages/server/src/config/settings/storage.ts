import { join } from 'node:path';
import { choice, group, integer, optionalText, port, secret, text } from '../setting.ts';

export const dataSettings = group(
  'Data',
  {
    DIALTONE_DATA: text('Directory of everything the server keeps in files.', './data'),
    DIALTONE_DATABASE: secret(
      'Database URL: `sqlite:/path/file.db`, `sqlite::memory:`, `mysql://user:password@host/name` or `postgres://…`. Default: FAM’s variables below, else `dialtone.db` in the data directory.',
    ),
    DATABASE_URL: secret('The same, under FAM’s name.'),
    DB_CONNECTION: choice(
      'Engine, when the other DB_ variables are used.',
      ['mysql', 'mariadb', 'pgsql', 'sqlite'],
      'mysql',
    ),
    DB_HOST: optionalText('Database server.', '127.0.0.1'),
    DB_PORT: integer('Its port; 0 stands for 3306, or 5432 for pgsql.', 0, { max: 65_535 }),
    DB_DATABASE: optionalText('Database name, or the file for sqlite.'),
    DB_USERNAME: optionalText('Database user.'),
    DB_PASSWORD: secret('Its password.'),
    DB_SOCKET: optionalText('Unix socket of the database server, instead of host and port.'),
    MYSQL_ATTR_SSL_CA: optionalText(
      'File with the authority that signed the server’s certificate; turns TLS on.',
    ),
  },
  (v) => ({
    directory: v.DIALTONE_DATA,
    databaseUrl:
      v.DIALTONE_DATABASE ??
      v.DATABASE_URL ??
      famDatabaseUrl(v) ??
      `sqlite:${join(v.DIALTONE_DATA, 'dialtone.db')}`,
  }),
);

interface FamDatabase {
  readonly DB_CONNECTION: 'mysql' | 'mariadb' | 'pgsql' | 'sqlite';
  readonly DB_HOST?: string | undefined;
  readonly DB_PORT: number;
  readonly DB_DATABASE?: string | undefined;
  readonly DB_USERNAME?: string | undefined;
  readonly DB_PASSWORD?: string | undefined;
  readonly DB_SOCKET?: string | undefined;
  readonly MYSQL_ATTR_SSL_CA?: string | undefined;
}

/** The URL of FAM's separate variables; undefined when no database is named. */
function famDatabaseUrl(v: FamDatabase): string | undefined {
  if (v.DB_DATABASE === undefined) return undefined;
  if (v.DB_CONNECTION === 'sqlite') return `sqlite:${v.DB_DATABASE}`;
  const scheme = v.DB_CONNECTION === 'pgsql' ? 'postgres' : 'mysql';
  const port = v.DB_PORT || (scheme === 'postgres' ? 5432 : 3306);
  const url = new URL(`${scheme}://${v.DB_HOST ?? '127.0.0.1'}:${port}`);
  url.pathname = `/${encodeURIComponent(v.DB_DATABASE)}`;
  url.username = encodeURIComponent(v.DB_USERNAME ?? '');
  url.password = encodeURIComponent(v.DB_PASSWORD ?? '');
  if (v.DB_SOCKET !== undefined) url.searchParams.set('socketPath', v.DB_SOCKET);
  if (v.MYSQL_ATTR_SSL_CA !== undefined) url.searchParams.set('ssl-ca', v.MYSQL_ATTR_SSL_CA);
  return url.href;
}

export const redisSettings = group(
  'Redis',
  {
    DIALTONE_REDIS: secret(
      'Redis URL, `redis://[:password@]host[:port][/db]`. Shares rate limits between nodes and speaks to Flexisip’s registrar. Default: built from REDIS_HOST when that is set; otherwise everything stays in this process.',
    ),
    REDIS_HOST: optionalText('Redis server.'),
    REDIS_PORT: port('Its port.', 6379),
    REDIS_PASSWORD: secret('Its password.'),
    REDIS_DB: integer('Its database number.', 0),
    REDIS_PREFIX: text('Prefix of Flexisip’s keys; normally empty.', ''),
    REDIS_CLIENT: choice(
      'Whether to ask sentinels for the server.',
      ['phpredis', 'predis', 'phpredis-sentinel'],
      'phpredis',
    ),
    REDIS_SENTINEL_HOST: text('Sentinel.', '127.0.0.1'),
    REDIS_SENTINEL_PORT: port('Its port.', 26_379),
    REDIS_SENTINEL_SERVICE: text('Name of the watched service.', 'mymaster'),
    REDIS_SENTINEL_PASSWORD: secret('Password of the sentinel.'),
  },
  (v) => ({
    url: v.DIALTONE_REDIS,
    host: v.REDIS_HOST,
    port: v.REDIS_PORT,
    password: v.REDIS_PASSWORD,
    db: v.REDIS_DB,
    prefix: v.REDIS_PREFIX,
    sentinel:
      v.REDIS_CLIENT === 'phpredis-sentinel'
        ? {
            host: v.REDIS_SENTINEL_HOST,
            port: v.REDIS_SENTINEL_PORT,
            service: v.REDIS_SENTINEL_SERVICE,
            password: v.REDIS_SENTINEL_PASSWORD,
          }
        : undefined,
  }),
);
