import { turnCredentialsSchema } from '@dialtone/contract';
import { json } from '../http/reply.ts';
import { type Route, route } from '../http/route.ts';
import type { Platform } from '../platform.ts';
import { createTurnCredentials } from './turn-credentials.ts';

/** Credentials for the media relay (flexiapi-core.md §7.5). */
export function turnRoutes(
  platform: Pick<Platform, 'clock' | 'random' | 'config'>,
): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/accounts/me/services/turn',
      audience: 'account',
      summary: 'Get credentials for the TURN server',
      tag: 'My account',
      responses: {
        200: { description: 'Credentials', schema: turnCredentialsSchema },
        404: { description: 'No TURN server is configured' },
      },
      handler: () => json(createTurnCredentials(platform)),
    }),
  ];
}
