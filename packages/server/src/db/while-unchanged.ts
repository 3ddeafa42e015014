import type { Database, Db } from './database.ts';
import { versionOf } from './sqlite.ts';

interface Known<T> {
  readonly version: number;
  readonly answers: Map<string | number, T>;
}

/** How answers are kept. */
interface Keeping {
  /** Answers per database; when there are more, all are forgotten. */
  readonly mostAnswers?: number;
  /**
   * What the answers are made of, with the tables whose deletions reach it; default: anything. Writes to
   * others leave them true.
   */
  readonly tables?: readonly (keyof Database)[];
}

/**
 * Remembers what `read` finds for as long as nothing was written to the database, which SQLite can
 * tell (sqlite.ts): for what many requests ask for. Elsewhere it reads each time. No answer is ever
 * out of date, provided that it is made of nothing but the database, the key and what never changes.
 *
 * @param nameOf tells keys apart
 */
export function whileUnchanged<Key, T>(
  read: (db: Db, key: Key) => Promise<T>,
  nameOf: (key: Key) => string | number,
  { mostAnswers = 1000, tables }: Keeping = {},
): (db: Db, key: Key) => T | Promise<T> {
  const memory = new WeakMap<Db, Known<T>>();
  // The version before the reading: what changes meanwhile makes the answer one that is never used again.
  return (db, key) => {
    const version = versionOf(db, tables);
    return version instanceof Promise
      ? version.then((known) => answer(db, key, known))
      : answer(db, key, version);
  };

  function answer(db: Db, key: Key, version: number | undefined): T | Promise<T> {
    if (version === undefined) return read(db, key);
    let known = memory.get(db);
    if (known?.version !== version || known.answers.size >= mostAnswers) {
      known = { version, answers: new Map() };
      memory.set(db, known);
    }
    const { answers } = known;
    const name = nameOf(key);
    return (
      answers.get(name) ??
      read(db, key).then((found) => {
        if (found !== undefined) answers.set(name, found);
        return found;
      })
    );
  }
}
