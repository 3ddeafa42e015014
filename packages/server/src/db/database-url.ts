/** The three SQL dialects; `mysql` is MariaDB and MySQL. */
export const engines = ['sqlite', 'mysql', 'postgres'] as const;
export type Engine = (typeof engines)[number];

export type DatabaseUrl =
  | { readonly engine: 'sqlite'; readonly location: string }
  | { readonly engine: 'mysql' | 'postgres'; readonly url: URL };

/** The URL names no engine we have, or no database. `code` is `database-url`. */
export class DatabaseUrlError extends Error {
  override readonly name = 'DatabaseUrlError';
  readonly code = 'database-url';
}

const schemes: Readonly<Record<string, 'mysql' | 'postgres'>> = {
  'mysql:': 'mysql',
  'mariadb:': 'mysql',
  'postgres:': 'postgres',
  'postgresql:': 'postgres',
};

/**
 * Reads `sqlite:/path/file.db`, `sqlite::memory:`, `mysql://user:password@host:port/name` (also
 * `mariadb://`) and `postgres://…` (also `postgresql://`).
 * @throws DatabaseUrlError; its message never repeats the URL, which may hold a password
 */
export function parseDatabaseUrl(text: string): DatabaseUrl {
  if (text.startsWith('sqlite:')) {
    const location = text.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '');
    if (location === '') throw new DatabaseUrlError('sqlite: needs a file path or :memory:');
    return { engine: 'sqlite', location };
  }
  const url = URL.parse(text);
  const engine = url === null ? undefined : schemes[url.protocol];
  if (url === null || engine === undefined) {
    throw new DatabaseUrlError('a database URL starts with sqlite:, mysql:// or postgres://');
  }
  if (url.pathname.length < 2) {
    throw new DatabaseUrlError(`the ${engine} URL names no database: ${engine}://host/name`);
  }
  return { engine, url };
}
