import { FakeClock } from '@dialtone/sip/testing';
import { beforeEach, expect, it } from 'vitest';
import { MemoryRateLimiter } from '../rate-limit/memory-rate-limiter.ts';
import { FailureLimit } from './failure-limit.ts';

const clock = new FakeClock();
let failures: FailureLimit;
beforeEach(() => {
  failures = new FailureLimit(new MemoryRateLimiter(clock));
});

/** A try that takes a while to judge; what became of it. */
async function attempt(password: string, subject = 'alice'): Promise<string> {
  const judge = async () => {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    return password === 'right' ? 'right' : 'wrong';
  };
  return failures
    .attempt(subject, judge, (verdict) => verdict === 'wrong')
    .catch((error: unknown) => (error instanceof Error ? error.name : 'no error'));
}

it('guesses sent all at once gain next to nothing', async () => {
  const guesses = Array.from({ length: 500 }, (_, index) => attempt(`guess ${index}`));
  const judged = (await Promise.all(guesses)).filter((outcome) => outcome === 'wrong').length;
  expect(judged).toBeGreaterThanOrEqual(30);
  expect(judged).toBeLessThan(40);
  expect(await attempt('right')).toBe('ServiceError');
  expect(await attempt('right', 'bob')).toBe('right');
  clock.advance(300_000);
  expect(await attempt('right')).toBe('right');
});

it('right passwords are never refused, however many come at once', async () => {
  const tries = await Promise.all(Array.from({ length: 500 }, () => attempt('right')));
  expect(new Set(tries)).toEqual(new Set(['right']));
});

it('a try that could not be judged counts nothing and leaves its place', async () => {
  const broken = () => Promise.reject(new Error('database is away'));
  for (let turn = 0; turn < 50; turn++) {
    await expect(failures.attempt('alice', broken, () => true)).rejects.toThrow('away');
  }
  expect(await attempt('right')).toBe('right');
});
