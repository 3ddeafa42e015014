import type { FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { RequestRecord } from '../log/request-log.ts';
import { countMessages } from '../messaging/outbox.repository.ts';
import type { Platform } from '../platform.ts';

/** Counters of one server, in the Prometheus text format at `/metrics`. */
export interface Metrics {
  readonly registry: Registry;
  readonly observeRequest: (record: RequestRecord, request: FastifyRequest) => void;
}

export function createMetrics({ db }: Pick<Platform, 'db'>): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'dialtone_' });
  const requests = new Counter({
    name: 'dialtone_http_requests_total',
    help: 'Finished HTTP requests',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  });
  const durations = new Histogram({
    name: 'dialtone_http_request_duration_seconds',
    help: 'Time to answer an HTTP request',
    labelNames: ['route'],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  });
  const messages = new Gauge({
    name: 'dialtone_outbox_messages',
    help: 'Mails, SMS and pushes by state; those of all nodes together',
    labelNames: ['state'],
    registers: [registry],
    collect: async () => {
      messages.reset();
      // The other figures are worth having while the database is away.
      const counts = await countMessages(db).catch(() => ({}));
      for (const [state, count] of Object.entries(counts)) messages.set({ state }, count);
    },
  });
  return {
    registry,
    observeRequest: ({ method, route, status, durationMs }) => {
      requests.inc({ method, route, status });
      durations.observe({ route }, durationMs / 1000);
    },
  };
}
