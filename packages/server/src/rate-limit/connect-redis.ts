import { Redis } from 'ioredis';
import type { Config } from '../config/env.ts';
import type { Logger } from '../log/logger.ts';

const options = {
  maxRetriesPerRequest: 1,
  enableOfflineQueue: false,
  retryStrategy: (attempt: number) => Math.min(attempt * 200, 5000),
};

/**
 * A connection to the configured Redis, or undefined when there is none. It connects by itself,
 * again after every loss, and fails commands at once meanwhile.
 */
export function connectRedis(config: Config['redis'], log: Logger): Redis | undefined {
  const redis = open(config);
  if (redis === undefined) return undefined;
  // It tries again every few seconds: only what changes is worth a line.
  let failing = false;
  redis.on('error', (error: Error) => {
    if (!failing) log.warn({ err: error }, 'redis connection failed; trying again until it works');
    failing = true;
  });
  redis.on('ready', () => {
    if (failing) log.info('redis connection works again');
    failing = false;
  });
  return redis;
}

function open(config: Config['redis']): Redis | undefined {
  const credentials = {
    ...options,
    db: config.db,
    ...(config.password === undefined ? {} : { password: config.password }),
  };
  const { sentinel } = config;
  if (sentinel !== undefined) {
    return new Redis({
      ...credentials,
      sentinels: [{ host: sentinel.host, port: sentinel.port }],
      name: sentinel.service,
      ...(sentinel.password === undefined ? {} : { sentinelPassword: sentinel.password }),
    });
  }
  if (config.url !== undefined) return new Redis(config.url, options);
  if (config.host === undefined) return undefined;
  return new Redis({ ...credentials, host: config.host, port: config.port });
}
