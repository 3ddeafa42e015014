import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigStore } from '../config/config-store.ts';
import { applyManagedConfiguration, type ManagedConfiguration } from './managed-configuration.ts';
import { ProvisioningSettings } from './provisioning-settings.ts';
import { documentOf } from './testing/document-of.ts';

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

  it('forgets the headers of the former URI, and takes those of the document', async () => {
    const store = ConfigStore.fromString(
      '[misc]\nconfig-uri=https://old.example/\nconfig-uri-header_0=x-api-key:secret\nconfig-uri-header_1=a:b\n',
    );
    const configUri = 'https://h.example/p';
    const xmlConfig = documentOf(
      'misc/config-uri-header_0=x-new:1',
      '!misc/config-uri=https://document.example/',
    );
    await applyManagedConfiguration(store, { xmlConfig, configUri });
    const settings = new ProvisioningSettings(store);
    expect([settings.uri, settings.headers]).toEqual([configUri, [['x-new', '1']]]);
    settings.addHeader('x-mine', '2');
    await applyManagedConfiguration(store, { configUri });
    expect(settings.headers).toHaveLength(2);
  });

  it.each<[string, ManagedConfiguration]>([
    ['provisioning-root-ca', { rootCa: 'PEM' }],
    ['provisioning-bad-uri', { configUri: 'h.example/p' }],
  ])('says %s and changes nothing', async (code, bad) => {
    const store = ConfigStore.fromString('[misc]\nconfig-uri-header_0=a:b\n');
    const before = store.toDebugString();
    const managed = { xmlConfig: documentOf('app/k=v'), ...bad };
    await expect(applyManagedConfiguration(store, managed)).rejects.toMatchObject({ code });
    expect(store.toDebugString()).toBe(before);
  });
});
