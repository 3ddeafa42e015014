import { isIPv6 } from 'node:net';

/** FAM's separate database variables, checked. */
export interface FamDatabase {
  readonly DB_CONNECTION: 'mysql' | 'mariadb' | 'pgsql' | 'sqlite';
  readonly DB_HOST: string;
  /** 0 = the engine's own. */
  readonly DB_PORT: number;
  readonly DB_DATABASE?: string | undefined;
  readonly DB_USERNAME?: string | undefined;
  readonly DB_PASSWORD?: string | undefined;
  readonly DB_SOCKET?: string | undefined;
  readonly MYSQL_ATTR_SSL_CA?: string | undefined;
}

/** The database URL that they stand for; undefined when they name no database. */
export function famDatabaseUrl(v: FamDatabase): string | undefined {
  if (v.DB_DATABASE === undefined) return undefined;
  if (v.DB_CONNECTION === 'sqlite') return `sqlite:${v.DB_DATABASE}`;
  const scheme = v.DB_CONNECTION === 'pgsql' ? 'postgres' : 'mysql';
  const port = v.DB_PORT || (scheme === 'postgres' ? 5432 : 3306);
  const host = isIPv6(v.DB_HOST) ? `[${v.DB_HOST}]` : v.DB_HOST;
  const url = new URL(`${scheme}://${host}:${port}`);
  url.pathname = `/${encodeURIComponent(v.DB_DATABASE)}`;
  url.username = encodeURIComponent(v.DB_USERNAME ?? '');
  url.password = encodeURIComponent(v.DB_PASSWORD ?? '');
  if (v.DB_SOCKET !== undefined) url.searchParams.set('socketPath', v.DB_SOCKET);
  if (v.MYSQL_ATTR_SSL_CA !== undefined) url.searchParams.set('ssl-ca', v.MYSQL_ATTR_SSL_CA);
  return url.href;
}
