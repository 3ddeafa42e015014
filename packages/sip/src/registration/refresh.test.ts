import { expect, it } from 'vitest';
import { fakeRandom } from '../testing/fake-random.ts';
import { refreshDelayMs, sanitizeRefreshWindow } from './refresh.ts';

it('refreshes at exactly 90 % by default', () => {
  expect(refreshDelayMs(3600, { min: 90, max: 90 }, fakeRandom())).toBe(3_240_000);
});

it('registration 43: with a window of 20-50 % the refresh falls into it', () => {
  for (let seed = 1; seed < 50; seed += 1) {
    const delay = refreshDelayMs(10, { min: 20, max: 50 }, fakeRandom(seed));
    expect(delay).toBeGreaterThanOrEqual(2000);
    expect(delay).toBeLessThan(5000);
  }
});

it.each([
  [-1, 50],
  [0, 0],
  [60, 50],
  [10, Number.POSITIVE_INFINITY],
])('a senseless refresh window %d-%d reads as 90-90', (min, max) => {
  expect(sanitizeRefreshWindow({ min, max })).toEqual({ min: 90, max: 90 });
});
