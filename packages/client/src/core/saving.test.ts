import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeClock } from '@dialtone/sip/testing';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ConfigStore } from '../config/config-store.ts';
import { Core } from './core.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'saving-'));
});
afterEach(() => rm(folder, { recursive: true }));

it.each<[string, (core: Core) => void, string]>([
  [
    'a provisioning URI',
    (core) => {
      core.provisioning.uri = 'https://accounts.example.org/p';
    },
    'config-uri=https://accounts.example.org/p',
  ],
  ['a key of the application', (core) => core.config.setInt('app', 'volume', 5), 'volume=5'],
  [
    'push',
    (core) => {
      core.pushNotificationEnabled = true;
    },
    'push_notification=1',
  ],
])('%s that was set is in the file a second later', async (_name, change, text) => {
  const file = join(folder, 'linphonerc');
  const clock = new FakeClock();
  const core = new Core({ config: await ConfigStore.open({ file }), clock });
  change(core);
  await expect(readFile(file)).rejects.toThrow('ENOENT');
  clock.advance(1000);
  await vi.waitFor(async () => expect(await readFile(file, 'utf8')).toContain(text), 10_000);
  expect(clock.pending).toBe(0);
});
