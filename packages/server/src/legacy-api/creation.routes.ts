import {
  accountSchema,
  createAccountWithTokenBodySchema,
  pushTargetBodySchema,
} from '@dialtone/contract';
import { z } from 'zod';
import type { AccountsPlatform } from '../accounts/account-hooks.ts';
import { presentAccount } from '../accounts/account-json.ts';
import { createAccountWithToken } from '../accounts/create-account-with-token.ts';
import { refuseWhenFull } from '../accounts/create-account.ts';
import { invalid } from '../errors/service-error.ts';
import { empty, json } from '../http/reply.ts';
import { type Route, route } from '../http/route.ts';
import type { Space } from '../spaces/space.ts';
import { type PushSender, pushToken } from '../tokens/push-token.service.ts';
import { sendings } from '../xmlrpc/limits.ts';
import { createPublicAccount } from './create-public-account.ts';
import { refusingAsApi } from './refusal.ts';
import { legacyTag } from './tag.ts';

/** An app of FAM 1 sends no more of `POST /api/accounts/with-account-creation-token` than this. */
const withTokenBody = createAccountWithTokenBodySchema
  .omit({ account_creation_token: true })
  .extend({ token: z.string() });

const publicBody = createAccountWithTokenBodySchema.extend({ username: z.string().nullish() });

const responses = {
  200: { description: 'The account, not activated', schema: accountSchema },
  403: { description: 'The space is full, or closed to strangers' },
  422: { description: 'Refused fields' },
  429: { description: 'This number has had its SMS' },
};

/** How older apps create accounts; all of it needs an account creation token. */
export function creationRoutes(
  platform: AccountsPlatform,
  push: PushSender | undefined,
): readonly Route[] {
  const authorize = ({ space }: { readonly space: Space }): Promise<void> =>
    refuseWhenFull(platform.db, space);
  return [
    route({
      method: 'POST',
      path: '/api/tokens',
      audience: 'public',
      summary: 'Push an account creation token',
      tag: legacyTag,
      body: pushTargetBodySchema,
      responses: {
        200: { description: 'Pushed' },
        422: { description: 'Refused fields' },
        429: { description: 'The device has spent such a token lately' },
        503: { description: 'The push could not be sent' },
      },
      rateLimit: { name: 'account_creation_tokens', limit: 60, windowSeconds: 60, by: 'ip' },
      handler: async ({ ip, userAgent }, { body }) => {
        const target = { provider: body.pn_provider, param: body.pn_param, prid: body.pn_prid };
        await pushToken(platform, push, 'account_creation_tokens', target, { ip, userAgent });
        return empty();
      },
    }),
    route({
      method: 'POST',
      path: '/api/accounts/with-token',
      audience: 'public',
      summary: 'Create an account with a token',
      tag: legacyTag,
      body: withTokenBody,
      responses,
      rateLimit: { ...sendings, by: 'ip' },
      authorize,
      handler: async ({ space, ip }, { body }) => {
        refuseOtherDomain(space, body.domain);
        const { username, password } = body;
        const account = { username, password, ipAddress: ip };
        const created = await createAccountWithToken(platform, space, body.token, account);
        return json(await presentAccount(platform, created));
      },
    }),
    route({
      method: 'POST',
      path: '/api/accounts/public',
      audience: 'public',
      summary: 'Create an account with a token and send the code that activates it',
      tag: legacyTag,
      body: publicBody,
      responses,
      rateLimit: { ...sendings, by: 'ip' },
      authorize,
      handler: async (context, { body }) => {
        refuseOtherDomain(context.space, body.domain);
        const created = await refusingAsApi(() => createPublicAccount(platform, context, body));
        return json(await presentAccount(platform, created));
      },
    }),
  ];
}

/** Accounts go into the space of this host; an app that thinks of another one must hear so. */
function refuseOtherDomain(space: Pick<Space, 'domain'>, domain: string | null | undefined): void {
  if (typeof domain === 'string' && domain.toLowerCase() !== space.domain) {
    throw invalid({ domain: 'validation.exists' });
  }
}
