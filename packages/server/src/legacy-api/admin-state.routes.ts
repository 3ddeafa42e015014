import { accountSchema, idParamSchema } from '@dialtone/contract';
import { z } from 'zod';
import {
  activateAccount,
  deactivateAccount,
  getAccountInSpace,
} from '../accounts/account.service.ts';
import type { AccountsPlatform } from '../accounts/account-hooks.ts';
import { presentAccount } from '../accounts/account-json.ts';
import { empty, json } from '../http/reply.ts';
import { type Route, route } from '../http/route.ts';
import { legacyTag } from './tag.ts';

const actions = { activate: activateAccount, deactivate: deactivateAccount } as const;

/** Until FAM 1.4 administrators switched accounts on and off by GET. */
export function adminStateRoutes(platform: AccountsPlatform): readonly Route[] {
  return Object.entries(actions).map(([action, change]) =>
    route({
      method: 'GET',
      path: `/api/accounts/:id/${action}`,
      audience: 'admin',
      summary: `${action === 'activate' ? 'Activate' : 'Deactivate'} an account`,
      tag: legacyTag,
      params: z.object({ id: idParamSchema }),
      responses: {
        200: { description: 'The account', schema: accountSchema },
        404: { description: 'No such account in this space' },
      },
      handler: async ({ space }, { params }) => {
        const { id } = await getAccountInSpace(platform, space, params.id);
        return json(await presentAccount(platform, await change(platform, id)));
      },
      head: () => empty(),
    }),
  );
}
