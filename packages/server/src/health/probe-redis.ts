import { once } from 'node:events';
import type { Platform } from '../platform.ts';
import { connectRedis } from '../rate-limit/connect-redis.ts';

const timeoutMs = 5000;

/** How the configured Redis answers; `absent`: none is configured. */
export async function probeRedis({
  config,
  log,
}: Pick<Platform, 'config' | 'log'>): Promise<'absent' | 'reached' | Error> {
  const redis = connectRedis(config.redis, log);
  if (redis === undefined) return 'absent';
  try {
    await once(redis, 'ready', { signal: AbortSignal.timeout(timeoutMs) });
    await redis.ping();
    return 'reached';
  } catch (error) {
    return error instanceof Error ? error : new Error('no answer');
  } finally {
    redis.disconnect();
  }
}
