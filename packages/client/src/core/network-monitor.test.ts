import { expect, it } from 'vitest';
import { FakeClock } from '@dialtone/sip/testing';
import { NetworkMonitor } from './network-monitor.ts';

async function follow(addresses: readonly (string | undefined)[]): Promise<boolean[]> {
  const clock = new FakeClock();
  const told: boolean[] = [];
  const left = [...addresses];
  const monitor = new NetworkMonitor(
    clock,
    (reachable) => told.push(reachable),
    () => Promise.resolve(left.shift()),
  );
  await monitor.start();
  await clock.advanceAsync(5000 * (addresses.length - 1));
  monitor.stop();
  await clock.advanceAsync(60_000);
  return told;
}

it('the same address: nothing', async () => {
  expect(await follow(['a', 'a', 'a'])).toEqual([]);
});

it('another address: down, then up', async () => {
  expect(await follow(['a', 'b'])).toEqual([false, true]);
});

it('address lost and found', async () => {
  expect(await follow(['a', undefined, undefined, 'a'])).toEqual([false, true]);
});

it('a machine without a route is left alone', async () => {
  expect(await follow([undefined, undefined, undefined])).toEqual([]);
});
