import type { Reply } from '../http/reply.ts';
import type { Route } from '../http/route.ts';

/**
 * Holds answers against what their route declares, so that documents and clients can rely on it.
 * @throws Error when the status is not declared or a JSON body has another shape
 */
export function inspectReply(route: Route, reply: Reply): void {
  const declared = route.responses[reply.status];
  if (declared === undefined) {
    throw new Error(
      `${route.method} ${route.path} answered ${reply.status}, which it does not declare`,
    );
  }
  if (declared.schema === undefined || typeof reply.body !== 'string') return;
  const checked = declared.schema.safeParse(JSON.parse(reply.body));
  if (!checked.success) {
    throw new Error(
      `${route.method} ${route.path} answered another shape: ${checked.error.message}`,
    );
  }
}
