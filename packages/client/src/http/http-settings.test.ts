import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AuthInfo } from '../auth-info/auth-info.ts';
import { ConfigStore } from '../config/config-store.ts';
import { Core } from '../core/core.ts';
import { readTlsSettings } from '../tls/tls-settings.ts';
import { readHttpSettings } from './http-settings.ts';
import { LOCALHOST_CERTIFICATE } from './testing/localhost-certificate.ts';
import { serveHttp } from './testing/serve-http.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'dialtone-http-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe('settings of HTTP requests', () => {
  it('have safe defaults', async () => {
    expect(await readHttpSettings(ConfigStore.inMemory())).toEqual({
      httpsOnly: false,
      connectTimeoutMs: 15_000,
      tls: { verify: true, verifyName: true },
    });
  });

  it('read root_ca from a file or from a directory of them', async () => {
    const file = join(directory, 'root.pem');
    writeFileSync(file, LOCALHOST_CERTIFICATE);
    for (const path of [file, directory]) {
      const config = ConfigStore.inMemory();
      config.setString('sip', 'root_ca', path);
      expect((await readHttpSettings(config)).tls.ca?.trim()).toBe(LOCALHOST_CERTIFICATE.trim());
    }
  });

  it('fall back on the system where root_ca cannot be read', async () => {
    const config = ConfigStore.fromString('[sip]\nroot_ca=/does/not/exist\n');
    expect((await readHttpSettings(config)).tls.ca).toBeUndefined();
  });

  it('present the certificate of an auth info before the one of the configuration', async () => {
    const [cert, key] = [join(directory, 'cert.pem'), join(directory, 'key.pem')];
    writeFileSync(cert, 'file certificate');
    writeFileSync(key, 'file key');
    const config = ConfigStore.inMemory();
    config.setString('sip', 'client_cert_chain', cert);
    config.setString('sip', 'client_cert_key', key);
    expect((await readHttpSettings(config)).tls).toMatchObject({
      cert: 'file certificate',
      key: 'file key',
    });
    const info = new AuthInfo({ username: 'alice' });
    info.tlsCert = 'own certificate';
    info.tlsKey = 'own key';
    info.tlsKeyPassword = 'secret';
    expect(
      (await readHttpSettings(config, readTlsSettings(config, undefined, [info]))).tls,
    ).toMatchObject({ cert: 'own certificate', key: 'own key', passphrase: 'secret' });
  });

  it('trust the roots that the application gave to the core', async () => {
    await using server = await serveHttp(() => ({ body: 'hello' }), { tls: true });
    const core = new Core();
    await expect(core.http({ url: server.url })).rejects.toMatchObject({ code: 'http-io' });
    core.tls.rootCaData = LOCALHOST_CERTIFICATE;
    expect((await core.http({ url: server.url })).text()).toBe('hello');
  });
});
