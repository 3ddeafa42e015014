import type { FastifyInstance } from 'fastify';
import { buildApp } from './app.ts';
import { digestSessionPruner } from './auth/digest-session-pruner.ts';
import { KeyUsage } from './auth/key-usage.ts';
import type { Config } from './config/env.ts';
import { StartError } from './errors/start-error.ts';
import { OutboxWorker } from './messaging/outbox-worker.ts';
import { createTransports } from './messaging/transports.ts';
import { openPlatform } from './open-platform.ts';
import type { Platform } from './platform.ts';
import { connectRedis } from './rate-limit/connect-redis.ts';
import { createRateLimiter } from './rate-limit/create-rate-limiter.ts';
import type { Worker } from './worker.ts';

/** A server that answers requests. */
export interface RunningServer {
  /** Where it listens, such as `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly platform: Platform;
  /** Ends requests under way, stores what is in memory, closes everything. May be called twice. */
  close(): Promise<void>;
}

/** Requests under way are cut when they take longer than this to end. */
const closeTimeoutMs = 10_000;

/**
 * Starts the server that `config` describes.
 * @throws StartError (port taken, database not reachable), SchemaError
 */
export async function startServer(config: Config): Promise<RunningServer> {
  const opened = await openPlatform(config);
  const { platform } = opened;
  const redis = connectRedis(config.redis, platform.log);
  const limiter = createRateLimiter(platform, redis);
  const keyUsage = new KeyUsage(platform);
  const app = buildApp(platform, { keyUsage, limiter });
  const workers = backgroundWorkers(platform);

  const close = async (): Promise<void> => {
    await closeApp(app);
    for (const worker of workers.toReversed()) await worker.stop();
    await keyUsage.flush();
    await limiter.close();
    redis?.disconnect();
    await opened.close();
  };

  try {
    const url = await listen(app, config);
    for (const worker of workers) await worker.start();
    platform.log.info({ url }, 'listening');
    let closing: Promise<void> | undefined;
    return { url, platform, close: () => (closing ??= close()) };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Everything that runs without being asked. */
function backgroundWorkers(platform: Platform): readonly Worker[] {
  const outbox = new OutboxWorker(platform, createTransports(platform));
  return [
    { name: 'outbox', start: () => outbox.start(), stop: () => outbox.stop() },
    digestSessionPruner(platform),
  ];
}

async function listen(app: FastifyInstance, config: Config): Promise<string> {
  const { host, port } = config.http;
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw explainListen(error, host, port);
  }
  const address = app.server.address();
  const actualPort = typeof address === 'object' && address !== null ? address.port : port;
  return `http://${host.includes(':') ? `[${host}]` : host}:${actualPort}`;
}

function explainListen(error: unknown, host: string, port: number): unknown {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  if (code === 'EADDRINUSE') {
    return new StartError(
      'address-in-use',
      `Port ${port} on ${host} is taken by another program. Stop that one, or choose another port with --port or DIALTONE_PORT.`,
      { cause: error },
    );
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new StartError(
      'address-unavailable',
      `Cannot listen on ${host} port ${port} (${code}). Choose an address of this machine and a port this user may open, with --host and --port.`,
      { cause: error },
    );
  }
  return error;
}

async function closeApp(app: FastifyInstance): Promise<void> {
  const timer = setTimeout(() => app.server.closeAllConnections(), closeTimeoutMs);
  try {
    await app.close();
  } finally {
    clearTimeout(timer);
  }
}
