import { expect, it } from 'vitest';
import { FakeClock } from '@dialtone/sip/testing';
import type { ConfigFileSystem } from '../config/config-file-system.ts';
import { ConfigStore } from '../config/config-store.ts';
import { ConfigSaver } from './config-saver.ts';
import { Core } from './core.ts';

/** A disk in memory. */
class Disk implements ConfigFileSystem {
  text = '';
  full = false;
  /** What a write waits for. */
  ready: Promise<void> = Promise.resolve();
  #temporary = '';

  exists(): Promise<boolean> {
    return Promise.resolve(false);
  }
  realPath(path: string): Promise<string> {
    return Promise.resolve(path);
  }
  read(): Promise<Uint8Array> {
    return Promise.resolve(Buffer.from(this.text));
  }
  readOwned(): Promise<Uint8Array> {
    return this.read();
  }
  create(): ReturnType<ConfigFileSystem['create']> {
    return Promise.resolve({
      write: async (bytes) => {
        await this.ready;
        if (this.full) throw new Error('no space left');
        this.#temporary = Buffer.from(bytes).toString();
      },
      flush: () => Promise.resolve(),
      close: () => Promise.resolve(),
    });
  }
  replace(): Promise<void> {
    this.text = this.#temporary;
    return Promise.resolve();
  }
  remove(): Promise<void> {
    return Promise.resolve();
  }
}

async function setUp() {
  const disk = new Disk();
  const clock = new FakeClock();
  const config = await ConfigStore.open({ file: '/phone/linphonerc', fs: disk });
  return { disk, clock, config, saver: new ConfigSaver(clock, config) };
}

it('is done when the file is written, also by a write that began before', async () => {
  const { disk, clock, config, saver } = await setUp();
  const { promise, resolve } = Promise.withResolvers<void>();
  disk.ready = promise;
  config.setString('s', 'k', 'v');
  saver.changed();
  await clock.advanceAsync(1000);
  const flushed = saver.flush();
  setImmediate(resolve);
  await flushed;
  expect(disk.text).toContain('k=v');
});

it('tries again by itself when the disk was full', async () => {
  const { disk, clock, config, saver } = await setUp();
  disk.full = true;
  config.setString('s', 'k', 'v');
  saver.changed();
  await clock.advanceAsync(1000);
  expect(disk.text).toBe('');
  disk.full = false;
  await clock.advanceAsync(60_000);
  expect(disk.text).toContain('k=v');
  expect(clock.pending).toBe(0);
});

it.each<readonly [string, (core: Core) => void, string]>([
  [
    'transports',
    (core) => (core.transports = { udpPort: -2, tcpPort: 0, tlsPort: -2 }),
    'tcp_port=0',
  ],
  ['push', (core) => (core.pushNotificationEnabled = true), 'push_notification=1'],
  [
    'digest policy',
    (core) => (core.digestAuthenticationPolicy = { allowMd5: false, allowNoQop: true }),
    'allow_md5=0',
  ],
])('a change of %s is saved at once, not only when the core stops', async (_what, change, line) => {
  const { disk, clock, config } = await setUp();
  const core = new Core({ config, clock });
  await core.start();
  await clock.advanceAsync(2000);
  change(core);
  await clock.advanceAsync(2000);
  expect(disk.text).toContain(line);
  await core.stop();
});
