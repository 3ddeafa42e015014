import { open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A file being written. */
export interface WritableConfigFile {
  write(bytes: Uint8Array): Promise<void>;
  /** Returns once the content is on the medium. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** What the configuration store needs of a file system; replace it to encrypt or to test. */
export interface ConfigFileSystem {
  exists(path: string): Promise<boolean>;
  /** `path` with symbolic links resolved, or as given when it cannot be resolved. */
  realPath(path: string): Promise<string>;
  read(path: string): Promise<Uint8Array>;
  /** As `read`, but refuses what cannot be written too, and makes a regular file private (0600). */
  readOwned(path: string): Promise<Uint8Array>;
  /** Creates or empties a private (0600) file. */
  create(path: string): Promise<WritableConfigFile>;
  /** Replaces `to` by `from` in one step that survives a power cut. */
  replace(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
}

const PRIVATE = 0o600;

/** The file system of this machine. */
export const nodeConfigFileSystem: ConfigFileSystem = {
  async exists(path) {
    return stat(path).then(
      () => true,
      () => false,
    );
  },

  async realPath(path) {
    return realpath(path).catch(() => path);
  },

  async read(path) {
    return readFile(path);
  },

  async readOwned(path) {
    await using file = await open(path, 'r+');
    if ((await file.stat()).isFile()) await file.chmod(PRIVATE);
    return await file.readFile();
  },

  async create(path) {
    const file = await open(path, 'w', PRIVATE);
    // The mode given to open() counts only for new files.
    await file.chmod(PRIVATE);
    return {
      write: async (bytes) => file.writeFile(bytes),
      flush: async () => file.sync(),
      close: async () => file.close(),
    };
  },

  async replace(from, to) {
    await rename(from, to);
    await flushDirectory(dirname(to));
  },

  async remove(path) {
    await rm(path, { force: true });
  },
};

/** Makes a rename durable. Where directories cannot be opened (Windows) there is nothing to do. */
async function flushDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r').catch(() => undefined);
  if (directory === undefined) return;
  try {
    await directory.sync();
  } catch {
    // Some file systems refuse it; the rename itself is done.
  } finally {
    await directory.close();
  }
}
