import { join } from 'node:path';
import { DatabaseUrlError, parseDatabaseUrl } from '../../db/database-url.ts';
import { famDatabaseUrl } from '../fam-database-url.ts';
import { choice, group, host, integer, optionalText, port, secret, text } from '../setting.ts';

/** Why a text is no database URL; undefined when it is one. */
function databaseUrlFault(url: string): string | undefined {
  try {
    parseDatabaseUrl(url);
    return undefined;
  } catch (error) {
    if (error instanceof DatabaseUrlError) return `is not usable: ${error.message}`;
    throw error;
  }
}

export const dataSettings = group(
  'Data',
  {
    DIALTONE_DATA: text('Directory of everything the server keeps in files.', './data'),
    DIALTONE_DATABASE: secret(
      'Database URL: `sqlite:/path/file.db`, `sqlite::memory:`, `mysql://user:password@host/name` or `postgres://…`. Default: FAM’s variables below, else `dialtone.db` in the data directory.',
      databaseUrlFault,
    ),
    DATABASE_URL: secret('The same, under FAM’s name.', databaseUrlFault),
    DB_CONNECTION: choice(
      'Engine, when the other DB_ variables are used.',
      ['mysql', 'mariadb', 'pgsql', 'sqlite'],
      'mysql',
    ),
    DB_HOST: host('Database server.', '127.0.0.1'),
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
