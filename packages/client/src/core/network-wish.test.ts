import { expect, it, vi } from 'vitest';
import { coreFixture } from './testing/core-fixture.ts';

const machine = vi.hoisted(() => ({ changed: (_reachable: boolean): void => undefined }));

vi.mock('./network-monitor.ts', () => ({
  NetworkMonitor: class {
    constructor(_clock: unknown, changed: (reachable: boolean) => void) {
      machine.changed = changed;
    }
    stop(): void {}
  },
}));

it('a machine that finds a network does not override an application that wants none', async () => {
  const f = await coreFixture();
  await f.addConfig();
  f.core.networkReachable = false;
  machine.changed(false);
  machine.changed(true);
  await f.advance(1000);
  expect(f.core.networkReachable).toBe(false);
  expect(f.states).toEqual(['Progress', 'Ok', 'None']);
  f.core.networkReachable = true;
  await f.settle();
  expect(f.counts().Ok).toBe(2);
});

it('a machine that moves to another network registers anew', async () => {
  const f = await coreFixture();
  await f.addConfig();
  machine.changed(false);
  machine.changed(true);
  await f.settle();
  expect(f.states).toEqual(['Progress', 'Ok', 'None', 'Progress', 'Ok']);
});
