import { FakeClock } from '@dialtone/sip/testing';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '../log/logger.ts';
import { MemoryRateLimiter } from './memory-rate-limiter.ts';
import { RedisRateLimiter } from './redis-rate-limiter.ts';

describe('the limiter in memory', () => {
  it('allows so many calls in a window and says when the next one begins', async () => {
    const clock = new FakeClock();
    const limiter = new MemoryRateLimiter(clock);
    expect(await limiter.hit('a', 2, 1000)).toEqual({ allowed: true, resetMs: 1000 });
    clock.advance(400);
    expect(await limiter.hit('a', 2, 1000)).toEqual({ allowed: true, resetMs: 600 });
    expect(await limiter.hit('a', 2, 1000)).toEqual({ allowed: false, resetMs: 600 });
    expect(await limiter.hit('b', 2, 1000)).toMatchObject({ allowed: true });
    clock.advance(600);
    expect(await limiter.hit('a', 2, 1000)).toMatchObject({ allowed: true });
  });

  it('looks without counting', async () => {
    const limiter = new MemoryRateLimiter(new FakeClock());
    expect(await limiter.peek('a', 1)).toEqual({ allowed: true, resetMs: 0 });
    await limiter.hit('a', 1, 1000);
    expect(await limiter.peek('a', 1)).toEqual({ allowed: false, resetMs: 1000 });
    expect(await limiter.peek('a', 2)).toMatchObject({ allowed: true });
  });

  it('forgets the oldest keys when a flood of new ones comes', async () => {
    const limiter = new MemoryRateLimiter(new FakeClock());
    await limiter.hit('first', 1, 60_000);
    for (let key = 0; key < 100_000; key++) await limiter.hit(String(key), 1, 60_000);
    expect(await limiter.peek('first', 1)).toMatchObject({ allowed: true });
    expect(await limiter.peek('99999', 1)).toMatchObject({ allowed: false });
  });
});

describe('the limiter in Redis', () => {
  const answering = (answer: unknown) => ({ eval: () => Promise.resolve(answer) });

  it('believes the shared counter', async () => {
    const memory = new MemoryRateLimiter(new FakeClock());
    const limiter = new RedisRateLimiter(answering([3, 700]), memory, silentLogger());
    expect(await limiter.hit('a', 3, 1000)).toEqual({ allowed: true, resetMs: 700 });
    expect(await limiter.hit('a', 2, 1000)).toEqual({ allowed: false, resetMs: 700 });
    expect(await limiter.peek('a', 3)).toEqual({ allowed: false, resetMs: 700 });
  });

  it.each([
    ['does not answer', { eval: () => Promise.reject(new Error('gone')) }],
    ['answers nonsense', answering('OK')],
  ])('counts by itself when Redis %s', async (_case, redis) => {
    const memory = new MemoryRateLimiter(new FakeClock());
    const limiter = new RedisRateLimiter(redis, memory, silentLogger());
    expect(await limiter.hit('a', 1, 1000)).toMatchObject({ allowed: true });
    expect(await limiter.hit('a', 1, 1000)).toMatchObject({ allowed: false });
    expect(await limiter.peek('a', 1)).toMatchObject({ allowed: false });
  });
});
