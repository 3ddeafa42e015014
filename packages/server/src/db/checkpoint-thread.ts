/** Thread: moves the log of the SQLite file `workerData` into the file, each time it is told to. */
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

const database = new DatabaseSync(String(workerData));
const checkpoint = database.prepare('pragma wal_checkpoint(passive)');
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
parentPort?.on('message', () => parentPort?.postMessage(checkpoint.get()));
