import { dirname, resolve } from 'node:path';
import { type DatabaseUrl, parseDatabaseUrl } from './database-url.ts';

/** Why a database cannot be used, and what its operator can do about it; neither holds a secret. */
export interface DatabaseProblem {
  /** Engine and host, or the file. */
  readonly place: string;
  readonly advice: string;
}

/** Engine and host, or the file; never user or password. @throws DatabaseUrlError */
export function databasePlace(url: string): string {
  return placeOf(parseDatabaseUrl(url));
}

/** Reads what the driver or the file system said about the database of `url`. @throws DatabaseUrlError */
export function databaseProblem(url: string, error: unknown): DatabaseProblem {
  const target = parseDatabaseUrl(url);
  const advice =
    target.engine === 'sqlite'
      ? fileAdvice(target.location, error)
      : serverAdvice(decodeURIComponent(target.url.pathname.slice(1)), error);
  return { place: placeOf(target), advice };
}

/** A path says where, whatever directory the command runs in. */
function placeOf(target: DatabaseUrl): string {
  if (target.engine !== 'sqlite') return `${target.engine} at ${target.url.host}`;
  return target.location === ':memory:' ? target.location : resolve(target.location);
}

/** SQLite's primary result codes, and those of the file system. */
function fileAdvice(file: string, error: unknown): string {
  const result = property(error, 'errcode');
  switch (typeof result === 'number' ? result & 0xff : property(error, 'code')) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 3: // SQLITE_PERM
    case 8: // SQLITE_READONLY
    case 14: // SQLITE_CANTOPEN
      return `Let this user write to ${dirname(resolve(file))} and the files in it, or choose another directory with --data or DIALTONE_DATA.`;
    case 'EEXIST':
    case 'ENOTDIR':
    case 'EISDIR':
      return 'A file stands where a directory should be, or the other way round: choose another directory with --data or DIALTONE_DATA.';
    case 11: // SQLITE_CORRUPT
    case 26: // SQLITE_NOTADB
      return 'The file is damaged, or is no SQLite database. Stop the server, keep a copy of the file, and put a backup in its place (docs/install.md, Backup); without one, move it away to begin with an empty database.';
    case 'ENOSPC':
    case 13: // SQLITE_FULL
    case 10: // SQLITE_IOERR
      return `Check the disk that holds ${dirname(resolve(file))}: is it full, or failing?`;
    case 5: // SQLITE_BUSY
      return 'Another program holds the file locked: end it, and try again.';
    default:
      return 'Check DIALTONE_DATABASE and DIALTONE_DATA.';
  }
}

/** Codes of the network, of MariaDB/MySQL, and SQLSTATEs of PostgreSQL. */
function serverAdvice(name: string, error: unknown): string {
  switch (property(error, 'code')) {
    case 'ECONNREFUSED':
    case 'ENOENT':
      return 'Start the database server, or correct host and port in DIALTONE_DATABASE or the DB_ variables.';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'No DNS server knows that host: correct it in DIALTONE_DATABASE or the DB_ variables.';
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return 'Nothing comes back from there: check host, port and firewall.';
    case 'ER_ACCESS_DENIED_ERROR':
    case '28P01':
    case '28000':
      return 'It refuses user or password: correct them in DIALTONE_DATABASE or the DB_ variables.';
    case 'ER_BAD_DB_ERROR':
    case '3D000':
      return `It has no database "${name}": create it, or correct the name.`;
    case 'ER_DBACCESS_DENIED_ERROR':
    case '42501':
      return `Grant this user all rights on the database "${name}".`;
    default:
      return 'Check DIALTONE_DATABASE or the DB_ variables, and that the database runs and accepts this user.';
  }
}

function property(error: unknown, name: 'code' | 'errcode'): unknown {
  return error instanceof Error ? Reflect.get(error, name) : undefined;
}
