import { accountSchema, changePasswordBodySchema } from '@dialtone/contract';
import { keyInUse } from '../auth/api-key.ts';
import { empty, json, jsonText, text } from '../http/reply.ts';
import { type Route, route } from '../http/route.ts';
import { createProvisioningToken } from '../tokens/provisioning-token.ts';
import type { AccountsPlatform } from './account-hooks.ts';
import { accountTexts, presentAccount } from './account-json.ts';
import { ownAccount } from './account-scope.ts';
import { deleteAccount } from './account.service.ts';
import { changePassword } from './password/password.service.ts';

const account = { description: 'The account', schema: accountSchema };
const stranger = { description: 'The caller belongs to another space' };

/** What users do with their own account (flexiapi-core.md §6). */
export function ownAccountRoutes(platform: AccountsPlatform): readonly Route[] {
  const textOf = accountTexts(platform);
  return [
    route({
      method: 'GET',
      path: '/api/accounts/me',
      audience: 'account',
      summary: 'Show my account',
      tag: 'My account',
      responses: { 200: account, 404: stranger },
      handler: async (context) => jsonText(await textOf(ownAccount(context).id)),
    }),
    route({
      method: 'DELETE',
      path: '/api/accounts/me',
      audience: 'account',
      summary: 'Delete my account',
      tag: 'My account',
      responses: { 200: { description: '`1`', contentType: 'text/html' }, 404: stranger },
      handler: async (context) => {
        await deleteAccount(platform, ownAccount(context).id);
        return text('1');
      },
    }),
    route({
      method: 'GET',
      path: '/api/accounts/me/provision',
      audience: 'account',
      summary: 'Renew my provisioning token',
      description: 'Earlier tokens work no more; the new one is in `provisioning_token`.',
      tag: 'My account',
      responses: { 200: account, 404: stranger },
      handler: async (context) => {
        const { ip, userAgent } = context;
        const own = ownAccount(context);
        await createProvisioningToken(platform, own.id, { ip, userAgent });
        return json(await presentAccount(platform, own));
      },
      head: () => empty(),
    }),
    route({
      method: 'POST',
      path: '/api/accounts/me/password',
      audience: 'account',
      summary: 'Set or change my password',
      description:
        'An account that has a password must give it as `old_password`. Other user keys of the account, browser sessions and tokens made before end.',
      tag: 'My account',
      body: changePasswordBodySchema,
      responses: {
        200: account,
        403: { description: 'The space has no SIP passwords' },
        404: stranger,
        422: { description: 'Refused fields' },
      },
      rateLimit: { name: 'password', limit: 30, windowSeconds: 60, by: 'account' },
      handler: async (context, { body }) => {
        const own = ownAccount(context);
        const changed = await changePassword(platform, own.id, {
          password: body.password,
          oldPassword: body.old_password ?? undefined,
          algorithm: body.algorithm ?? undefined,
          keepKey: keyInUse(context),
        });
        return json(await presentAccount(platform, changed));
      },
    }),
  ];
}
