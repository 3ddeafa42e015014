import { describe, expect, it } from 'vitest';
import { systemClock } from './system-clock.ts';
import { systemRandom } from './system-random.ts';

describe('systemClock', () => {
  it('fires once, and not after being cleared', async () => {
    let cleared = 0;
    await new Promise<void>((resolve) => {
      const timer = systemClock.setTimeout(() => (cleared += 1), 1);
      systemClock.clearTimeout(timer);
      // The clock's own timers are unreferenced; this one keeps the test waiting.
      const keepAlive = setInterval(() => {}, 1000);
      systemClock.setTimeout(() => {
        clearInterval(keepAlive);
        resolve();
      }, 3);
    });
    expect(cleared).toBe(0);
  });

  it('fires a timer of 0 ms in the next turn of the event loop, and not after being cleared', async () => {
    const fired: string[] = [];
    systemClock.clearTimeout(systemClock.setTimeout(() => fired.push('cleared'), 0));
    systemClock.setTimeout(() => fired.push('timer'), 0);
    expect(fired).toEqual([]);
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    expect(fired).toEqual(['timer']);
  });

  it('does not fire early when the delay is longer than one Node timer can hold', async () => {
    let fired = false;
    const timer = systemClock.setTimeout(() => (fired = true), 2 ** 40);
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
    systemClock.clearTimeout(timer);
    expect(fired).toBe(false);
  });
});

describe('systemRandom', () => {
  it('gives tokens of the asked length and alphabet, never the same', () => {
    const tokens = new Set(Array.from({ length: 1000 }, () => systemRandom.token(20)));
    expect(tokens.size).toBe(1000);
    for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9]{20}$/);
  });

  it('gives floats in [0, 1)', () => {
    for (let i = 0; i < 1000; i += 1) {
      const value = systemRandom.float();
      expect(value >= 0 && value < 1).toBe(true);
    }
  });
});
