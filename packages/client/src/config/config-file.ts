import { type Linphonerc, parseLinphonerc } from '@dialtone/contract';
import { ConfigError } from './config-error.ts';
import type { ConfigFileSystem } from './config-file-system.ts';

/** Where the next content of `file` is written before it replaces it. */
export function temporaryPath(file: string): string {
  return `${file}.tmp`;
}

/**
 * Loads a user's configuration file (provisioning-client.md §1.4). When the file itself is missing
 * or cannot be opened, what an interrupted sync left in `<file>.tmp` is loaded instead. Neither
 * exists: an empty configuration.
 *
 * @throws ConfigError `config-unreadable` when something exists and nothing can be opened.
 */
export async function loadConfigFile(fs: ConfigFileSystem, file: string): Promise<Linphonerc> {
  let cause: unknown;
  let found = false;
  for (const path of [file, temporaryPath(file)]) {
    if (!(await fs.exists(path))) continue;
    found = true;
    try {
      return parseLinphonerc(decode(await fs.readOwned(path)));
    } catch (error) {
      cause ??= error;
    }
  }
  if (!found) return { sections: [] };
  throw new ConfigError('config-unreadable', `cannot open configuration file ${file}`, { cause });
}

/**
 * Reads a configuration that belongs to somebody else: a factory file, a file to merge.
 *
 * @throws ConfigError `config-unreadable`.
 */
export async function readConfigFile(fs: ConfigFileSystem, path: string): Promise<Linphonerc> {
  return parseLinphonerc(decode(await readBytes(fs, path)));
}

/** @throws ConfigError `config-unreadable`. */
export async function readBytes(fs: ConfigFileSystem, path: string): Promise<Uint8Array> {
  try {
    return await fs.read(path);
  } catch (cause) {
    throw new ConfigError('config-unreadable', `cannot read ${path}`, { cause });
  }
}

/** `not-opened`: nothing could be written at all; `not-replaced`: the old file is still in place. */
export type WriteOutcome =
  | { readonly outcome: 'written' }
  | { readonly outcome: 'not-opened' | 'not-replaced'; readonly cause: unknown };

/**
 * Replaces `file` by `text` so that at any moment either the old or the new content is there whole:
 * write `<file>.tmp`, flush, rename.
 */
export async function writeConfigFile(
  fs: ConfigFileSystem,
  file: string,
  text: string,
): Promise<WriteOutcome> {
  const temporary = temporaryPath(file);
  let opened = false;
  try {
    const handle = await fs.create(temporary);
    opened = true;
    try {
      await handle.write(Buffer.from(text));
      await handle.flush();
    } finally {
      await handle.close();
    }
    await fs.replace(temporary, file);
    return { outcome: 'written' };
  } catch (cause) {
    return { outcome: opened ? 'not-replaced' : 'not-opened', cause };
  }
}

/** UTF-8; anything else is taken as Latin-1, so that no byte is lost at the next sync. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  }
}
