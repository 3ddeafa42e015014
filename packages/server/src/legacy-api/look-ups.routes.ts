import { z } from 'zod';
import { searchAccount } from '../accounts/account.service.ts';
import type { AccountsPlatform } from '../accounts/account-hooks.ts';
import { notFound } from '../errors/service-error.ts';
import { json } from '../http/reply.ts';
import { type Route, route } from '../http/route.ts';
import { realmOf } from '../spaces/space.ts';
import { lookUps } from '../xmlrpc/limits.ts';
import { findByAlias, findNamed } from '../xmlrpc/named-account.ts';
import { addressParams } from './address-param.ts';
import { internationalNumber } from './international-number.ts';
import { legacyTag } from './tag.ts';

const infoSchema = z.object({ activated: z.boolean(), realm: z.string() });
const unknown = { description: 'No such account' };

/** What strangers may ask about accounts; they are told no more than whether one is activated. */
export function lookUpRoutes(platform: AccountsPlatform): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/accounts/:sip/info',
      audience: 'public',
      summary: 'Tell whether an account exists and is activated',
      tag: legacyTag,
      params: addressParams,
      responses: { 200: { description: 'It exists', schema: infoSchema }, 404: unknown },
      rateLimit: { ...lookUps, by: 'ip' },
      handler: async ({ space }, { params }) => {
        const { activated } = await searchAccount(platform, space, params.sip);
        return json({ activated, realm: realmOf(space) });
      },
    }),
    route({
      method: 'GET',
      path: '/api/accounts/:phone/info-by-phone',
      audience: 'public',
      summary: 'Tell whether a phone number belongs to an account, or is the name of one',
      tag: legacyTag,
      params: z.object({ phone: z.string() }),
      responses: {
        200: {
          description: '`phone` is true for a number, false for a name',
          schema: infoSchema.extend({ phone: z.boolean() }),
        },
        404: unknown,
      },
      rateLimit: { ...lookUps, by: 'ip' },
      handler: async (context, { params }) => {
        const call = { platform, context };
        const number = internationalNumber(params.phone);
        const alias = await findByAlias(call, number);
        const found = alias ?? (await findNamed(call, number));
        if (found === undefined) throw notFound('account.not_found');
        const { activated } = found;
        return json({ activated, realm: realmOf(context.space), phone: alias !== undefined });
      },
    }),
  ];
}
