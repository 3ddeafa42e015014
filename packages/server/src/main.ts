import type { BindingStore } from '@dialtone/sip/registrar';
import type { FastifyInstance } from 'fastify';
import { type AppPlatform, buildApp } from './app.ts';
import { KeyUsage } from './auth/key-usage.ts';
import type { Config } from './config/env.ts';
import { checkpointWorker } from './db/checkpointer.ts';
import { StartError } from './errors/start-error.ts';
import { maintenanceWorker } from './maintenance/maintenance-worker.ts';
import { OutboxWorker } from './messaging/outbox-worker.ts';
import type { Transports } from './messaging/transport.ts';
import { createTransports } from './messaging/transports.ts';
import { openPlatform } from './open-platform.ts';
import type { Platform } from './platform.ts';
import { connectRedis } from './rate-limit/connect-redis.ts';
import { createRateLimiter } from './rate-limit/create-rate-limiter.ts';
import { loadAppKey } from './sealing/app-key.ts';
import { createSeal } from './sealing/seal.ts';
import { expiryNoticeWorker } from './spaces/expiry-notices/expiry-notice-worker.ts';
import { startRegistrar } from './sip/start-registrar.ts';
import type { Worker } from './worker.ts';
import { confirmationPruner } from './xmlrpc/confirmation/confirmation-pruner.ts';

/** A server that answers requests. */
export interface RunningServer {
  /** Where it listens, such as `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Where its registrar listens, such as `sip:127.0.0.1:5060`; undefined when it has none. */
  readonly sipUrl: string | undefined;
  /** Who is registered there. */
  readonly bindings: BindingStore | undefined;
  readonly platform: Platform;
  /** Ends requests under way, stores what is in memory, closes everything. May be called twice. */
  close(): Promise<void>;
}

/** Requests under way are cut when they take longer than this to end. */
const closeTimeoutMs = 10_000;
/** While they end, connections without a request are closed this often. */
const idleCheckMs = 50;

/**
 * Starts the server that `config` describes.
 * @throws StartError (port taken, database not reachable, certificate unreadable), SchemaError
 */
export async function startServer(config: Config): Promise<RunningServer> {
  // What is started last ends first; a failure on the way ends what was started before it.
  await using started = new AsyncDisposableStack();
  const opened = await openPlatform(config);
  started.defer(() => opened.close());
  const transports = createTransports(opened.platform);
  const platform: AppPlatform = {
    ...opened.platform,
    push: config.push.pusherPath === undefined ? undefined : transports.push,
    seal: createSeal(await loadAppKey(config)),
  };

  const redis = connectRedis(config.redis, platform.log);
  started.defer(() => redis?.disconnect());
  const limiter = createRateLimiter(platform, redis);
  started.defer(() => limiter.close());
  const keyUsage = new KeyUsage(platform);
  started.defer(() => keyUsage.flush());

  for (const worker of backgroundWorkers(platform, transports)) {
    await worker.start();
    started.defer(() => worker.stop());
  }
  const registrar = config.sip.registrar ? await startRegistrar(platform) : undefined;
  started.defer(async () => registrar?.close());

  const app = buildApp(
    { ...platform, registrarPorts: registrar?.ports, bindings: registrar?.bindings },
    { keyUsage, limiter },
  );
  started.defer(() => closeApp(app));
  if (registrar !== undefined) {
    registrar.acceptWebSockets(app.server);
    // The HTTP server waits for its upgraded connections, which belong to the registrar.
    app.addHook('preClose', () => registrar.close());
  }
  const url = await listen(app, config);
  platform.log.info({ url, sip: registrar?.url }, 'listening');

  const running = started.move();
  let closing: Promise<void> | undefined;
  return {
    url,
    sipUrl: registrar?.url,
    bindings: registrar?.bindings,
    platform,
    close: () => (closing ??= running.disposeAsync()),
  };
}

/** Everything that runs without being asked. */
function backgroundWorkers(platform: AppPlatform, transports: Transports): readonly Worker[] {
  const outbox = new OutboxWorker(platform, transports);
  return [
    { name: 'outbox', start: () => outbox.start(), stop: () => outbox.stop() },
    confirmationPruner(platform),
    checkpointWorker(platform),
    ...(platform.config.maintenance.enabled
      ? [maintenanceWorker(platform), expiryNoticeWorker(platform)]
      : []),
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
      `Port ${port} on ${host} is taken by another program, perhaps a Dialtone that runs already. Stop that one, or choose another port with --port or DIALTONE_PORT.`,
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
  // Clients keep their connections after the last answer; nobody waits for another request.
  const idle = setInterval(() => app.server.closeIdleConnections(), idleCheckMs);
  try {
    await app.close();
  } finally {
    clearTimeout(timer);
    clearInterval(idle);
  }
}
