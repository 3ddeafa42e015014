import { idParamSchema, provisioningPreviewSchema } from '@dialtone/contract';
import { z } from 'zod';
import { getAccountInSpace } from '../../accounts/account.service.ts';
import { json } from '../../http/reply.ts';
import { type Route, route } from '../../http/route.ts';
import type { ProvisioningPlatform } from '../provisioning-platform.ts';
import { previewProvisioning } from './preview.service.ts';

/** Shows an administrator what a phone would get; nothing is spent. */
export function previewRoute(platform: ProvisioningPlatform): Route {
  return route({
    method: 'GET',
    path: '/api/accounts/:id/provisioning/preview',
    audience: 'admin',
    tag: 'Provisioning',
    summary: 'Show the document an account would get, and what Linphone makes of it',
    params: z.object({ id: idParamSchema }),
    query: z.looseObject({}).describe('Any parameters: hooks may read them'),
    responses: {
      200: { description: 'The document without its secrets', schema: provisioningPreviewSchema },
      404: { description: 'No such account in this space' },
    },
    handler: async (context, { params, query }) => {
      const account = await getAccountInSpace(platform, context.space, params.id);
      const request = { ...context, query };
      return json(await previewProvisioning(platform, request, account, context.locale));
    },
  });
}
