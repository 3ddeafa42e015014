import { Option, type Command } from 'commander';

/** Options of every command that works on the database. */
export interface DatabaseOptions {
  readonly database?: string;
  readonly data?: string;
}

/** Adds `--database` and `--data`; both default to the environment. */
export function withDatabaseOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--database <url>',
        'sqlite:/path/file.db, sqlite::memory:, mysql://… or postgres://…',
      ).env('DIALTONE_DATABASE'),
    )
    .addOption(
      new Option('--data <directory>', 'directory of everything kept in files').env(
        'DIALTONE_DATA',
      ),
    );
}

/** The environment with what the command line said instead. */
export function environmentOverrides(
  options: DatabaseOptions,
): Readonly<Record<string, string | undefined>> {
  return {
    ...(options.database === undefined ? {} : { DIALTONE_DATABASE: options.database }),
    ...(options.data === undefined ? {} : { DIALTONE_DATA: options.data }),
  };
}
