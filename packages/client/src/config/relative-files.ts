import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { writeConfigFile } from './config-file.ts';
import type { ConfigFileSystem } from './config-file-system.ts';

/** Files in the directory of a configuration file; names that lead out of it do not exist. */
export class RelativeFiles {
  readonly #fs: ConfigFileSystem;
  readonly #directory: string | undefined;

  constructor(fs: ConfigFileSystem, configFile: string | undefined) {
    this.#fs = fs;
    this.#directory = configFile === undefined ? undefined : dirname(configFile);
  }

  async exists(name: string): Promise<boolean> {
    const path = this.#resolve(name);
    return path !== undefined && (await this.#fs.exists(path));
  }

  /** The content as UTF-8 text, or undefined when it cannot be read. */
  async read(name: string): Promise<string | undefined> {
    const path = this.#resolve(name);
    if (path === undefined) return undefined;
    return this.#fs.read(path).then(
      (bytes) => new TextDecoder().decode(bytes),
      () => undefined,
    );
  }

  /** Writes a private file and gives its path; undefined when the text is empty or cannot be written. */
  async write(name: string, text: string): Promise<string | undefined> {
    const path = this.#resolve(name);
    if (path === undefined || text === '') return undefined;
    return (await writeConfigFile(this.#fs, path, text)).outcome === 'written' ? path : undefined;
  }

  #resolve(name: string): string | undefined {
    if (this.#directory === undefined || name === '') return undefined;
    const path = join(this.#directory, name);
    const way = relative(this.#directory, path);
    const leavesDirectory = way === '' || way === '..' || way.startsWith(`..${sep}`);
    return isAbsolute(name) || leavesDirectory ? undefined : path;
  }
}
