import { AuthenticationRefused } from '../auth/authentication-refused.ts';
import { redirect } from '../http/reply.ts';
import type { RequestContext } from '../http/request-context.ts';

/**
 * Sends callers to the page that is always there when the space has no web panel, or when they are
 * programs (flexiapi-core.md §3.1).
 * @throws AuthenticationRefused with the redirect
 */
export function refuseClosedPanel(context: RequestContext): void {
  if (context.expectsJson || !context.space.switches.web_panel) {
    throw new AuthenticationRefused(redirect('/about'), 'the web panel is closed');
  }
}
