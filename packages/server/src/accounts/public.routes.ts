import { accountSchema, createAccountWithTokenBodySchema } from '@dialtone/contract';
import { json } from '../http/reply.ts';
import { type Route, route } from '../http/route.ts';
import type { AccountsPlatform } from './account-hooks.ts';
import { presentAccount } from './account-json.ts';
import { refuseUnknownDomain } from './account-scope.ts';
import { refuseWhenFull } from './create-account.ts';
import { createAccountWithToken } from './create-account-with-token.ts';

/** What strangers may do about accounts (flexiapi-core.md §6.3). */
export function publicAccountRoutes(platform: AccountsPlatform): readonly Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/accounts/with-account-creation-token',
      audience: 'public',
      summary: 'Create an account with an account creation token',
      description: 'The account is activated by confirming its e-mail address or phone number.',
      tag: 'Accounts',
      body: createAccountWithTokenBodySchema,
      responses: {
        200: { description: 'The account, not activated', schema: accountSchema },
        403: { description: 'The space is full' },
        422: { description: 'Refused fields' },
      },
      rateLimit: { name: 'account-creation', limit: 60, windowSeconds: 60, by: 'ip' },
      authorize: ({ space }) => refuseWhenFull(platform.db, space),
      handler: async ({ space, ip }, { body }) => {
        await refuseUnknownDomain(platform, body.domain);
        // The other fields are checked by the schema and left alone: only administrators set them.
        const created = await createAccountWithToken(platform, space, body.account_creation_token, {
          username: body.username,
          password: body.password,
          dtmfProtocol: body.dtmf_protocol ?? undefined,
          ipAddress: ip,
        });
        return json(await presentAccount(platform, created));
      },
    }),
  ];
}
