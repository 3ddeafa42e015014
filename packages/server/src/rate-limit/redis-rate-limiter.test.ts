import { FakeClock } from '@dialtone/sip/testing';
import { once } from 'node:events';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../config/env.ts';
import { silentLogger } from '../log/logger.ts';
import { type RedisServer, startRedisServer } from '../testing/redis-server.ts';
import { connectRedis } from './connect-redis.ts';
import { MemoryRateLimiter } from './memory-rate-limiter.ts';
import { RedisRateLimiter } from './redis-rate-limiter.ts';

let server: RedisServer;
const connections: Redis[] = [];
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(async () => {
  for (const connection of connections) connection.disconnect();
  await server.stop();
});

async function limiterOfNode(): Promise<RedisRateLimiter> {
  const { redis } = readConfig({ DIALTONE_REDIS: server.url });
  const connection = connectRedis(redis, silentLogger());
  if (connection === undefined) throw new Error('no Redis was configured');
  connections.push(connection);
  await once(connection, 'ready');
  return new RedisRateLimiter(connection, new MemoryRateLimiter(new FakeClock()), silentLogger());
}

describe('two nodes with one Redis', () => {
  it('share their limits', async () => {
    const [first, second] = [await limiterOfNode(), await limiterOfNode()];
    expect(await first.hit('a', 2, 60_000)).toMatchObject({ allowed: true });
    expect(await second.hit('a', 2, 60_000)).toMatchObject({ allowed: true });
    const refused = await first.hit('a', 2, 60_000);
    expect(refused.allowed).toBe(false);
    expect(refused.resetMs).toBeGreaterThan(50_000);
    expect(await second.peek('a', 2)).toMatchObject({ allowed: false });
    expect(await second.peek('b', 2)).toEqual({ allowed: true, resetMs: 0 });
  });

  it('open a new window when the old one ends', async () => {
    const limiter = await limiterOfNode();
    await limiter.hit('short', 1, 20);
    await expect.poll(async () => (await limiter.peek('short', 1)).allowed).toBe(true);
  });
});

it('there is no connection when none is configured', () => {
  expect(connectRedis(readConfig({}).redis, silentLogger())).toBeUndefined();
});
