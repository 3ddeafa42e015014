import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeClock } from './fake-clock.ts';

describe('FakeClock', () => {
  it('fires timers in order of due time, then of creation', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50)), (delays) => {
        const clock = new FakeClock(0);
        const fired: [dueAt: number, index: number][] = [];
        delays.forEach((delay, index) => {
          clock.setTimeout(() => fired.push([clock.now(), index]), delay);
        });
        clock.advance(50);
        const expected = delays
          .map((delay, index): [number, number] => [delay, index])
          .toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
        expect(fired).toEqual(expected);
        expect(clock.pending).toBe(0);
      }),
    );
  });

  it('never fires a cleared timer, whatever else is in the heap', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(50), fc.boolean())), (timers) => {
        const clock = new FakeClock(0);
        let fired = 0;
        const handles = timers.map(([delay]) => clock.setTimeout(() => (fired += 1), delay));
        handles.forEach((handle, index) => {
          if (timers[index]?.[1] === true) clock.clearTimeout(handle);
        });
        const kept = timers.filter(([, cleared]) => !cleared).length;
        expect(clock.pending).toBe(kept);
        clock.advance(50);
        expect(fired).toBe(kept);
      }),
    );
  });

  it('fires a timer set by a timer in the same advance', () => {
    const clock = new FakeClock(0);
    const at: number[] = [];
    clock.setTimeout(() => {
      clock.setTimeout(() => at.push(clock.now()), 10);
    }, 5);
    clock.advance(100);
    expect(at).toEqual([15]);
    expect(clock.now()).toBe(100);
  });

  it('ignores clearing twice or after the timer fired', () => {
    const clock = new FakeClock(0);
    const timer = clock.setTimeout(() => {}, 1);
    clock.setTimeout(() => {}, 2);
    expect(clock.advanceToNext()).toBe(true);
    clock.clearTimeout(timer);
    clock.clearTimeout(timer);
    clock.clearTimeout(undefined);
    expect(clock.pending).toBe(1);
    expect(clock.untilNext).toBe(1);
  });

  it('lets promises settle between timers', async () => {
    const clock = new FakeClock(0);
    const seen: string[] = [];
    clock.setTimeout(() => {
      void Promise.resolve().then(() => seen.push('promise'));
    }, 1);
    clock.setTimeout(() => seen.push('timer'), 2);
    await clock.advanceAsync(5);
    expect(seen).toEqual(['promise', 'timer']);
  });

  it('handles a hundred thousand timers quickly', () => {
    const clock = new FakeClock(0);
    for (let i = 0; i < 100_000; i += 1) {
      const timer = clock.setTimeout(() => {}, (i * 7919) % 32_000);
      if (i % 2 === 0) clock.clearTimeout(timer);
    }
    clock.advance(32_000);
    expect(clock.pending).toBe(0);
  });
});
