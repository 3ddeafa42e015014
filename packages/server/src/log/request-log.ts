import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from './logger.ts';

/** One finished request: its pattern instead of its URL, because paths and queries carry tokens. */
export interface RequestRecord {
  readonly method: string;
  /** Declared path, such as `/provisioning/:token`; `unmatched` when there was none. */
  readonly route: string;
  readonly status: number;
  readonly durationMs: number;
}

/** Tells `observers` about every finished request. */
export function observeRequests(
  app: FastifyInstance,
  observers: readonly ((record: RequestRecord, request: FastifyRequest) => void)[],
): void {
  app.addHook('onResponse', (request: FastifyRequest, reply: FastifyReply, done) => {
    const record: RequestRecord = {
      method: request.method,
      route: request.routeOptions.url ?? 'unmatched',
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime * 100) / 100,
    };
    for (const observe of observers) observe(record, request);
    done();
  });
}

/** Writes finished requests: probes at `debug`, our own failures at `error`, the rest at `info`. */
export function requestLog(log: Logger): (record: RequestRecord, request: FastifyRequest) => void {
  return (record, request) => {
    const level = record.status >= 500 ? 'error' : quietRoutes.has(record.route) ? 'debug' : 'info';
    if (log.isLevelEnabled(level)) log[level]({ ...record, ip: request.ip }, 'request');
  };
}

const quietRoutes: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);
