import type { FastifyInstance } from 'fastify';
import { notFound, ServiceError } from '../errors/service-error.ts';
import type { Platform } from '../platform.ts';
import { replyToError } from './pipeline.ts';
import { type ReplyHeaders, withHeaders } from './reply.ts';
import { requestFacts } from './request-facts.ts';
import { resolveSpace } from './resolve-space.ts';
import type { Route } from './route.ts';
import { sendReply } from './send-reply.ts';

/** Answers requests that no route matches: 405 with `Allow` where another method would, else 404. */
export function answerUnmatched(
  app: FastifyInstance,
  routes: readonly Route[],
  platform: Pick<Platform, 'db' | 'clock' | 'config' | 'log'>,
): void {
  const matchers = routes.map(({ path, method }) => ({ pattern: pathPattern(path), method }));
  app.setNotFoundHandler(async (request, reply) => {
    const facts = requestFacts(request);
    let headers: ReplyHeaders = {};
    let error: unknown;
    try {
      // An unknown or expired host answers the same on every path.
      await resolveSpace(platform, facts.host);
      const allowed = matchers
        .filter(({ pattern }) => pattern.test(facts.path))
        .flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
      if (allowed.length > 0) headers = { allow: [...new Set(allowed)].join(', ') };
      error =
        allowed.length > 0
          ? new ServiceError('methodNotAllowed', 'route.method_not_allowed')
          : notFound('route.not_found');
    } catch (refusal) {
      error = refusal;
    }
    return sendReply(reply, withHeaders(replyToError(error, facts, platform), headers));
  });
}

/** `/accounts/:id` as a regular expression; a trailing slash does not matter. */
function pathPattern(path: string): RegExp {
  const segments = path.split('/').map((segment) => {
    if (segment === '*') return '.*';
    return segment.startsWith(':') ? '[^/]+' : segment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${segments.join('/')}/?$`);
}
