import { DatabaseSync } from 'node:sqlite';
import { workerData } from 'node:worker_threads';

/** What a thread of this file is told. */
export interface FrequentWrites {
  /** Path of the SQLite file. */
  readonly database: string;
  readonly everyMs: number;
}

// Runs as a worker: commits small writes on time, however busy the load generator's thread is.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- given by those who start it
const { database, everyMs } = workerData as FrequentWrites;
const file = new DatabaseSync(database);
file.exec('pragma synchronous = off; pragma busy_timeout = 1000');
// Another value each time: SQLite writes nothing where nothing changes.
const write = file.prepare("update spaces set updated_at = strftime('%Y-%m-%d %H:%M:%f')");
setInterval(() => write.run(), everyMs);
