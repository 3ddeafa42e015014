import { hash, randomBytes } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config/env.ts';
import { parseDatabaseUrl } from '../db/database-url.ts';
import { StartError } from '../errors/start-error.ts';

/** File in the data directory. */
const FILE = 'app.key';
const KEY_BYTES = 32;

/**
 * The key of everything sealed: `APP_KEY`, else one that is made once and kept in the data directory.
 * Nodes that share a database must share `APP_KEY`. With a database in memory nothing outlives the
 * process, and neither does the key.
 * @throws StartError `key-unusable`
 */
export async function loadAppKey({ app, data }: Pick<Config, 'app' | 'data'>): Promise<Uint8Array> {
  if (app.key !== undefined) return configuredKey(app.key);
  const database = parseDatabaseUrl(data.databaseUrl);
  if (database.engine === 'sqlite' && database.location === ':memory:') {
    return randomBytes(KEY_BYTES);
  }
  const path = join(data.directory, FILE);
  try {
    return (await readKey(path)) ?? (await makeKey(data.directory, path));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const advice =
      error instanceof DamagedKey
        ? 'Put that of a backup in its place. Without one, remove it: a new one is made, and everybody signs in again.'
        : 'Set APP_KEY, or DIALTONE_DATA to a directory this user may write to.';
    throw new StartError(
      'key-unusable',
      `Cannot keep the encryption key in ${path}: ${reason}\n${advice}`,
      { cause: error },
    );
  }
}

function configuredKey(text: string): Uint8Array {
  const [, base64] = /^base64:(.+)$/.exec(text) ?? [];
  const bytes = base64 === undefined ? Buffer.from(text) : Buffer.from(base64, 'base64');
  return hash('sha256', bytes, 'buffer');
}

/** The file is there and holds something else. */
class DamagedKey extends Error {}

async function readKey(path: string): Promise<Uint8Array | undefined> {
  try {
    const key = Buffer.from((await readFile(path, 'utf8')).trim(), 'base64');
    if (key.length !== KEY_BYTES) throw new DamagedKey('it holds no key of 32 bytes in Base64');
    return key;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Of several processes that start at once, one makes the key and all read that one. */
async function makeKey(directory: string, path: string): Promise<Uint8Array> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600 });
  try {
    await link(draft, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await unlink(draft);
  }
  const key = await readKey(path);
  if (key === undefined) throw new Error('it vanished while it was made');
  return key;
}
