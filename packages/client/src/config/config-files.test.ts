import { mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ConfigFileSystem, nodeConfigFileSystem } from './config-file-system.ts';
import { ConfigStore } from './config-store.ts';

let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'dialtone-config-'));
  file = join(directory, 'linphonerc');
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

/** The machine's file system with some operations replaced. */
function fileSystem(replaced: Partial<ConfigFileSystem>): ConfigFileSystem {
  return { ...nodeConfigFileSystem, ...replaced };
}

const failing = async (): Promise<never> => {
  throw new Error('no');
};

/** Writes half of what it gets, then the machine stops. */
const crashing = fileSystem({
  async create(path) {
    const handle = await nodeConfigFileSystem.create(path);
    return {
      ...handle,
      async write(bytes) {
        await handle.write(bytes.subarray(0, bytes.length / 2));
        throw new Error('crash');
      },
    };
  },
});

describe('opening a ConfigStore', () => {
  it('provisioning-client 29: a store with only a factory file works and is never written', async () => {
    const factoryFile = join(directory, 'factory');
    await writeFile(factoryFile, '[proxy_0]\nreg_identity=sip:a@b\n');
    const store = await ConfigStore.open({ factoryFile });
    expect([store.file, store.temporaryFile, store.factoryFile]).toEqual([
      undefined,
      undefined,
      factoryFile,
    ]);
    expect(store.getString('proxy_0', 'reg_identity')).toBe('sip:a@b');
    store.setString('a', 'k', 'v');
    expect(await store.sync()).toBe('memory-only');
    expect(await readFile(factoryFile, 'utf8')).toBe('[proxy_0]\nreg_identity=sip:a@b\n');
  });

  it('provisioning-client 30: without files there are no file names', async () => {
    const store = await ConfigStore.open({});
    expect([store.file, store.temporaryFile, store.factoryFile]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(store.isReadonly).toBe(true);
  });

  it('provisioning-client 31: the temporary file is named after the file', async () => {
    const store = await ConfigStore.open({ file });
    expect([store.file, store.temporaryFile, store.factoryFile]).toEqual([
      file,
      `${file}.tmp`,
      undefined,
    ]);
    expect(store.isDirty).toBe(false);
    expect(store.isReadonly).toBe(false);
  });

  it('lays factory values over the user file and writes them into it', async () => {
    const factoryFile = join(directory, 'factory');
    await writeFile(file, '[s]\na=user\nb=user\n');
    await writeFile(factoryFile, '[s]\na=factory\nb=\n');
    const store = await ConfigStore.open({ file, factoryFile });
    expect([store.getString('s', 'a'), store.getString('s', 'b')]).toEqual(['factory', 'user']);
    expect(store.isDirty).toBe(false);
    await store.sync();
    await store.reload();
    expect(store.getString('s', 'a')).toBe('factory');
  });

  it('takes the header parameters of a factory file once, however often it is applied', async () => {
    const factoryFile = join(directory, 'factory');
    await writeFile(factoryFile, '[s a=1 a=1 b=2]\nk=v\n');
    for (let run = 0; run < 3; run += 1) {
      const store = await ConfigStore.open({ file, factoryFile });
      store.applyFactory();
      await store.sync();
    }
    expect(await readFile(file, 'utf8')).toBe('[s a=1 a=1 b=2]\nk=v\n\n');
  });

  it('does not apply the factory file on reload', async () => {
    const factoryFile = join(directory, 'factory');
    await writeFile(file, '[s]\na=user\n');
    await writeFile(factoryFile, '[s]\na=factory\n');
    const store = await ConfigStore.open({ file, factoryFile });
    store.setString('s', 'b', 'x');
    await store.reload();
    expect(store.getString('s', 'a')).toBe('user');
    expect(store.hasEntry('s', 'b')).toBe(false);
    expect(store.isDirty).toBe(false);
  });

  it('opens without its factory file', async () => {
    const store = await ConfigStore.open({ file, factoryFile: join(directory, 'missing') });
    expect(store.sectionNames()).toEqual([]);
  });

  it('provisioning-client 34: a lone temporary file is loaded, the next sync makes the file', async () => {
    await writeFile(`${file}.tmp`, '[s]\nk=saved\n');
    const store = await ConfigStore.open({ file });
    expect(store.getString('s', 'k')).toBe('saved');
    expect(await store.sync()).toBe('written');
    expect(await readdir(directory)).toEqual(['linphonerc']);
  });

  it('provisioning-client 35: a file that exists and cannot be read refuses to open', async () => {
    await writeFile(file, '[s]\nk=v\n');
    const fs = fileSystem({ readOwned: failing });
    await expect(ConfigStore.open({ file, fs })).rejects.toMatchObject({
      name: 'ConfigError',
      code: 'config-unreadable',
    });
    await mkdir(join(directory, 'folder'));
    await expect(ConfigStore.open({ file: join(directory, 'folder') })).rejects.toThrow('folder');
  });

  it('makes an existing file private', async () => {
    await writeFile(file, '[s]\nk=v\n', { mode: 0o644 });
    await ConfigStore.open({ file });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('resolves a symbolic link, so that a sync replaces its target', async () => {
    const target = join(directory, 'target');
    await writeFile(target, '[s]\nk=v\n');
    await symlink(target, file);
    const store = await ConfigStore.open({ file });
    expect(store.file).toBe(target);
  });

  it('keeps bytes that are not UTF-8', async () => {
    await writeFile(file, Buffer.from('[s]\nk=\xe9\n', 'latin1'));
    expect((await ConfigStore.open({ file })).getString('s', 'k')).toBe('é');
  });
});

describe('syncing a ConfigStore', () => {
  it('provisioning-client 32: a value is there after sync and reopen, others are intact', async () => {
    await writeFile(file, '[s]\n# kept\na=1\n');
    const store = await ConfigStore.open({ file });
    store.setString('s', 'b', '2');
    expect(store.isDirty).toBe(true);
    expect(await store.sync()).toBe('written');
    expect(store.isDirty).toBe(false);
    expect(await readFile(file, 'utf8')).toBe('[s]\n# kept\na=1\nb=2\n\n');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('provisioning-client 33: a crash while writing leaves the old file and a temporary one', async () => {
    await writeFile(file, '[s]\nk=old\n');
    const crashed = await ConfigStore.open({ file, fs: crashing });
    crashed.setString('s', 'k', 'new');
    expect(await crashed.sync()).toBe('failed');
    expect(crashed.isDirty).toBe(true);
    expect(crashed.syncError).toMatchObject({ message: 'crash' });
    expect(await readdir(directory)).toEqual(['linphonerc', 'linphonerc.tmp']);

    const store = await ConfigStore.open({ file });
    expect(store.getString('s', 'k')).toBe('old');
    expect(await store.sync()).toBe('written');
    expect(await readdir(directory)).toEqual(['linphonerc']);
  });

  it('becomes read-only when the temporary file cannot be opened', async () => {
    const store = await ConfigStore.open({ file, fs: fileSystem({ create: failing }) });
    store.setString('s', 'k', 'v');
    expect(await store.sync()).toBe('failed');
    expect(store.isReadonly).toBe(true);
    expect(await store.sync()).toBe('readonly');
    expect(store.isDirty).toBe(true);
  });

  it('writes the last state of concurrent syncs', async () => {
    const store = await ConfigStore.open({ file });
    const syncs = [1, 2, 3].map(async (value) => {
      store.setInt('s', 'k', value);
      return await store.sync();
    });
    expect(await Promise.all(syncs)).toEqual(['written', 'written', 'written']);
    expect(await readFile(file, 'utf8')).toBe('[s]\nk=3\n\n');
  });

  it('stays dirty when something changes during the write', async () => {
    const store: ConfigStore = await ConfigStore.open({
      file,
      fs: fileSystem({
        async replace(from, to) {
          store.setString('s', 'late', '1');
          await nodeConfigFileSystem.replace(from, to);
        },
      }),
    });
    expect(await store.sync()).toBe('written');
    expect(store.isDirty).toBe(true);
  });

  it('merges another file without becoming dirty', async () => {
    const other = join(directory, 'other');
    await writeFile(other, '[s]\nk=v\n');
    const store = await ConfigStore.open({ file });
    await store.mergeFile(other);
    expect(store.getString('s', 'k')).toBe('v');
    expect(store.isDirty).toBe(false);
    await expect(store.mergeFile(join(directory, 'none'))).rejects.toThrow('cannot read');
  });

  it('imports an XML file and syncs', async () => {
    const xml = join(directory, 'c.xml');
    await writeFile(xml, '<config><section name="s"><entry name="k">v</entry></section></config>');
    const store = await ConfigStore.open({ file });
    await store.applyXmlFile(xml);
    expect(await readFile(file, 'utf8')).toBe('[s]\nk=v\n\n');
    await expect(store.applyXmlFile(join(directory, 'none'))).rejects.toMatchObject({
      code: 'config-unreadable',
    });
  });
});

describe('files beside the configuration', () => {
  it('are read and written by name', async () => {
    const { files } = await ConfigStore.open({ file });
    expect(await files.exists('a.txt')).toBe(false);
    expect(await files.write('a.txt', 'text')).toBe(join(directory, 'a.txt'));
    expect(await files.exists('a.txt')).toBe(true);
    expect(await files.read('a.txt')).toBe('text');
    expect(await files.write('a.txt', '')).toBeUndefined();
    expect(await files.read('none')).toBeUndefined();
  });

  it('do not exist outside the directory or without a file', async () => {
    const { files } = await ConfigStore.open({ file });
    for (const name of ['../x', '/etc/hostname', '..', '', 'a/../../x']) {
      expect(await files.exists(name)).toBe(false);
      expect(await files.write(name, 'x')).toBeUndefined();
    }
    const memory = ConfigStore.inMemory().files;
    expect(await memory.read('a')).toBeUndefined();
    expect(await memory.write('a', 'x')).toBeUndefined();
  });
});
