import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigStore } from '../config/config-store.ts';
import { applyManagedConfiguration } from './managed-configuration.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'dialtone-managed-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

describe('applyManagedConfiguration', () => {
  it('applies document, certificates and URI, and writes them', async () => {
    const file = join(directory, 'linphonerc');
    const store = await ConfigStore.open({ file });
    await applyManagedConfiguration(store, {
      xmlConfig:
        '<config><section name="misc"><entry name="config-uri">https://old.example/</entry></section></config>',
      rootCa: 'PEM',
      configUri: 'https://h.example/p',
    });
    const root = join(directory, 'managed-root-ca.pem');
    expect(await readFile(root, 'utf8')).toBe('PEM');
    expect(await readFile(file, 'utf8')).toBe(
      `[misc]\nconfig-uri=https://h.example/p\n\n[sip]\nroot_ca=${root}\n\n`,
    );
  });

  it('changes nothing for a document that is not XML', async () => {
    const store = ConfigStore.inMemory();
    await expect(
      applyManagedConfiguration(store, { xmlConfig: '<x', configUri: 'https://h.example/' }),
    ).rejects.toMatchObject({ code: 'config-bad-xml' });
    expect(store.sectionNames()).toEqual([]);
  });
});
