import { FakeClock } from '@dialtone/sip/testing';
import { once } from 'node:events';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../config/env.ts';
import { createLogger, silentLogger } from '../log/logger.ts';
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

it('a Redis that is away is told once', async () => {
  const lines: string[] = [];
  const log = createLogger({ log: { level: 'info' } }, { write: (line) => lines.push(line) });
  const away = await startRedisServer();
  const connection = connectRedis(readConfig({ DIALTONE_REDIS: away.url }).redis, log);
  if (connection === undefined) throw new Error('no Redis was configured');
  connections.push(connection);
  await once(connection, 'ready');
  const limiter = new RedisRateLimiter(connection, new MemoryRateLimiter(new FakeClock()), log);
  await away.stop();
  for (let retries = 0; retries < 2; retries++) await once(connection, 'error');
  await limiter.hit('a', 1, 60_000);
  expect(await limiter.hit('a', 1, 60_000)).toMatchObject({ allowed: false });
  expect(lines.map((line) => messageOf(line))).toEqual([
    expect.stringContaining('redis connection failed'),
    expect.stringContaining('rate limits are local'),
  ]);
});

function messageOf(line: string): unknown {
  const record: unknown = JSON.parse(line);
  return typeof record === 'object' && record !== null ? Reflect.get(record, 'msg') : undefined;
}
