/** Error codes by engine: SQLite extended result codes, MariaDB/MySQL numbers, SQLSTATE. */
interface Codes {
  readonly sqlite: readonly number[];
  readonly mysql: readonly number[];
  readonly postgres: readonly string[];
}

// SQLITE_CONSTRAINT_UNIQUE, _PRIMARYKEY, _ROWID; ER_DUP_ENTRY; unique_violation
const uniqueViolation: Codes = { sqlite: [2067, 1555, 2579], mysql: [1062], postgres: ['23505'] };
// SQLITE_CONSTRAINT_FOREIGNKEY; ER_NO_REFERENCED_ROW(_2), ER_ROW_IS_REFERENCED(_2); foreign_key_violation
const foreignKeyViolation: Codes = {
  sqlite: [787],
  mysql: [1216, 1217, 1451, 1452],
  postgres: ['23503'],
};
// SQLITE_CONSTRAINT_CHECK; ER_DATA_TOO_LONG; string_data_right_truncation, check_violation
const tooLong: Codes = { sqlite: [275], mysql: [1406], postgres: ['22001', '23514'] };
// SQLITE_BUSY, _BUSY_SNAPSHOT; ER_LOCK_WAIT_TIMEOUT, ER_LOCK_DEADLOCK, ER_CHECKREAD; 40001, 40P01
const lockConflict: Codes = {
  sqlite: [5, 517],
  mysql: [1205, 1213, 1020],
  postgres: ['40001', '40P01'],
};

/** Whether a unique key refused the row, on any engine. */
export function isUniqueViolation(error: unknown): boolean {
  return matches(error, uniqueViolation);
}

/** Whether a foreign key refused the change: the parent is missing, or still has children. */
export function isForeignKeyViolation(error: unknown): boolean {
  return matches(error, foreignKeyViolation);
}

/** Whether a text was longer than its column. */
export function isTooLong(error: unknown): boolean {
  return matches(error, tooLong);
}

/** Whether the database gave up a transaction for another one's sake: repeating it may succeed. */
export function isLockConflict(error: unknown): boolean {
  return matches(error, lockConflict);
}

/** The network, MariaDB/MySQL, and SQLSTATEs of PostgreSQL besides those of class 08 (connection exceptions). */
const connectionCodes: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'PROTOCOL_CONNECTION_LOST',
  'ER_CON_COUNT_ERROR',
  'ER_SERVER_SHUTDOWN',
  '53300', // too_many_connections
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
]);

/** Whether there is no connection to the database (any more), so that the same call may succeed later. */
export function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code: unknown = Reflect.get(error, 'code');
  return (
    connectionCodes.has(code) ||
    // A socket that is not there, not any file.
    (code === 'ENOENT' && Reflect.get(error, 'syscall') === 'connect') ||
    (typeof code === 'string' && /^08\w{3}$/.test(code)) ||
    // The drivers give no code to these: pg for a query under way, mysql2 for one that comes after.
    /^Connection terminated|connection is in closed state$/.test(error.message)
  );
}

function matches(error: unknown, codes: Codes): boolean {
  if (!(error instanceof Error)) return false;
  return (
    ('errcode' in error && codes.sqlite.some((known) => known === error.errcode)) ||
    ('errno' in error && codes.mysql.some((known) => known === error.errno)) ||
    ('code' in error && codes.postgres.some((known) => known === error.code))
  );
}
