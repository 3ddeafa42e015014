import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fakeRandom } from '../../testing/fake-random.ts';
import type { SrvRecord } from './dns.ts';
import { orderSrvRecords } from './srv-order.ts';

function record(target: string, priority: number, weight: number): SrvRecord {
  return { target, port: 5060, priority, weight, ttlSeconds: 60 };
}

describe('SRV order', () => {
  it('keeps every record, by ascending priority', () => {
    const records = fc.array(fc.tuple(fc.nat(3), fc.nat(3)));
    fc.assert(
      fc.property(records, fc.integer(), (shape, seed) => {
        const given = shape.map(([priority, weight], i) => record(`${i}`, priority, weight));
        const ordered = orderSrvRecords(given, fakeRandom(seed));
        expect(ordered.toSorted((a, b) => Number(a.target) - Number(b.target))).toEqual(given);
        const priorities = ordered.map(({ priority }) => priority);
        expect(priorities).toEqual(priorities.toSorted((a, b) => a - b));
      }),
    );
  });

  it('registration 90: shares the load by weight', () => {
    const random = fakeRandom();
    const records = [record('light', 1, 10), record('heavy', 1, 90), record('zero', 1, 0)];
    const first = new Map<string, number>();
    for (let i = 0; i < 10_000; i += 1) {
      const target = orderSrvRecords(records, random)[0]?.target ?? '';
      first.set(target, (first.get(target) ?? 0) + 1);
    }
    expect(first.get('heavy')).toBeGreaterThan(8500);
    expect(first.get('light')).toBeGreaterThan(700);
    expect(first.get('zero') ?? 0).toBeGreaterThan(0);
    expect(first.get('zero') ?? 0).toBeLessThan(300);
  });
});
