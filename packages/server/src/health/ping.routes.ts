import { text } from '../http/reply.ts';
import { type Route, route } from '../http/route.ts';

/** Signs of life that FAM has; unlike `/healthz` they need a host that belongs to a space. */
export function pingRoutes(): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/ping',
      audience: 'public',
      summary: 'Answer `pong`',
      tag: 'Service',
      responses: { 200: { description: '`pong`', contentType: 'text/html' } },
      handler: () => text('pong'),
    }),
    route({
      method: 'GET',
      path: '/up',
      audience: 'public',
      summary: 'Say that the application is up',
      tag: 'Service',
      responses: { 200: { description: 'A page', contentType: 'text/html' } },
      handler: () => text('<!doctype html><title>up</title><p>Application up'),
    }),
  ];
}
