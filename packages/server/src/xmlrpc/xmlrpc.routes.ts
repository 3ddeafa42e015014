import { z } from 'zod';
import type { AccountsPlatform } from '../accounts/account-hooks.ts';
import { FailureLimit } from '../auth/failure-limit.ts';
import { content } from '../http/reply.ts';
import { type Route, route } from '../http/route.ts';
import type { RateLimiter } from '../rate-limit/rate-limiter.ts';
import { activationRoutes } from './activation/activation.routes.ts';
import { dispatch } from './dispatch.ts';
import { refuseClosedDoor } from './door.ts';

/** The address of new set-ups, and those that phones in use were given. */
const paths = ['/xmlrpc', '/flexisip-account-manager/xmlrpc.php', '/wizard.php'] as const;

/** The account creator of Linphone 5 and older, and the page behind the link in its mails. */
export function xmlrpcRoutes(platform: AccountsPlatform, limiter: RateLimiter): readonly Route[] {
  const failures = new FailureLimit(limiter);
  const calls = paths.map((path) =>
    route({
      method: 'POST',
      path,
      audience: 'public',
      summary: 'XML-RPC for the account creator of older clients',
      tag: 'XML-RPC',
      bodyFormat: 'text',
      body: z.string(),
      responses: {
        200: { description: 'The result, refusal or fault', contentType: 'text/xml' },
      },
      authorize: refuseClosedDoor,
      handler: async (context, { body }) => {
        const reply = await dispatch({ platform, context, limiter, failures }, body);
        return content('text/xml; charset=utf-8', reply.body, reply.headers);
      },
    }),
  );
  return [...calls, ...activationRoutes(platform)];
}
