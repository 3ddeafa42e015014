import { sql } from 'kysely';
import { BlockList, isIPv6 } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { content, json } from '../http/reply.ts';
import { sendReply } from '../http/send-reply.ts';
import type { Platform } from '../platform.ts';
import type { Metrics } from './metrics.ts';

/** Probes wait this long for the database. */
const readyTimeoutMs = 2000;

/**
 * What monitors ask, on any host: `/healthz` (the process answers), `/readyz` (its database does),
 * `/metrics` (Prometheus).
 */
export function mountHealth(
  app: FastifyInstance,
  platform: Pick<Platform, 'db' | 'config' | 'log'>,
  metrics: Metrics,
): void {
  app.get('/healthz', async (_request, reply) => sendReply(reply, json({ status: 'ok' })));

  app.get('/readyz', async (_request, reply) => {
    try {
      await withTimeout(sql`select 1`.execute(platform.db), readyTimeoutMs);
      return sendReply(reply, json({ status: 'ok' }));
    } catch (error) {
      platform.log.error({ err: error }, 'the database does not answer');
      return sendReply(reply, json({ status: 'unavailable', database: 'unreachable' }, 503));
    }
  });

  const { metrics: readers } = platform.config.http;
  if (readers === 'off') return;
  app.get('/metrics', async (request, reply) => {
    if (readers === 'local' && !isLocal(request)) return reply.callNotFound();
    return sendReply(
      reply,
      content(metrics.registry.contentType, await metrics.registry.metrics()),
    );
  });
}

async function withTimeout(work: Promise<unknown>, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

const privateNetworks = new BlockList();
for (const [network, prefix, family] of [
  ['127.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['::1', 128, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
] as const) {
  privateNetworks.addSubnet(network, prefix, family);
}

/** A caller on this machine or in a private network; not one that a proxy we do not know stands for. */
function isLocal(request: FastifyRequest): boolean {
  const forwarded = request.headers['x-forwarded-for'] ?? request.headers.forwarded;
  if (forwarded !== undefined && request.ips === undefined) return false;
  return privateNetworks.check(request.ip, isIPv6(request.ip) ? 'ipv6' : 'ipv4');
}
