import type { Db } from './database.ts';
import { versionOf } from './sqlite.ts';

/** Answers kept per database; when there are more, all are forgotten. */
const maxAnswers = 100;

interface Known<T> {
  readonly version: string;
  readonly answers: Map<string, T>;
}

/**
 * Remembers what `read` finds for as long as nothing at all was written to the database, which
 * SQLite can tell (sqlite.ts): for the few things that every request asks for. Elsewhere it reads
 * each time. No answer is ever out of date.
 */
export function whileUnchanged<T>(
  read: (db: Db, key: string) => Promise<T>,
): (db: Db, key: string) => Promise<T> {
  const memory = new WeakMap<Db, Known<T>>();
  return async (db, key) => {
    // Before the reading: what changes meanwhile makes the answer one that is never used again.
    const version = versionOf(db);
    if (version === undefined) return await read(db, key);
    let known = memory.get(db);
    if (known?.version !== version || known.answers.size >= maxAnswers) {
      known = { version, answers: new Map() };
      memory.set(db, known);
    }
    const { answers } = known;
    const kept = answers.get(key);
    if (kept !== undefined) return kept;
    const answer = await read(db, key);
    if (answer !== undefined) answers.set(key, answer);
    return answer;
  };
}
