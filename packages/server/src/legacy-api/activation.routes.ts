import { accountSchema, fourDigitCodeSchema, textLike } from '@dialtone/contract';
import { z } from 'zod';
import { getAccountInSpace } from '../accounts/account.service.ts';
import type { AccountsPlatform } from '../accounts/account-hooks.ts';
import { presentAccount } from '../accounts/account-json.ts';
import { type Reply, json } from '../http/reply.ts';
import type { RequestContext } from '../http/request-context.ts';
import { type Route, route } from '../http/route.ts';
import { activateByEmail } from '../xmlrpc/confirmation/activate-by-email.ts';
import { claimByKey } from '../xmlrpc/confirmation/claim-by-key.ts';
import { guesses } from '../xmlrpc/limits.ts';
import { addressParams, getAddressed } from './address-param.ts';
import { refusingAsApi } from './refusal.ts';
import { legacyTag } from './tag.ts';

const responses = {
  200: { description: 'The account, activated', schema: accountSchema },
  404: { description: 'No such account, or a code that does not activate it' },
  422: { description: 'Not the form of a code' },
};

/** The code under either of the names that it had. */
function codeBody<Code extends z.ZodType<string>>(code: Code) {
  return z
    .object({ code: code.nullish(), confirmation_key: code.nullish() })
    .transform((body, issues): string => {
      const given = body.code ?? body.confirmation_key;
      if (typeof given === 'string') return given;
      issues.addIssue({ code: 'custom', path: ['code'], message: 'validation.required' });
      return z.NEVER;
    });
}

const emailCodeBody = codeBody(textLike('fPzGm3vVqkYx1').length(13));
const phoneCodeBody = codeBody(fourDigitCodeSchema);

/** How older apps activate an account by the code in a mail or SMS. */
export function activationRoutes(platform: AccountsPlatform): readonly Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/accounts/:sip/activate/email',
      audience: 'public',
      summary: 'Activate an account by the code of a mail',
      tag: legacyTag,
      params: addressParams,
      body: emailCodeBody,
      responses,
      rateLimit: { ...guesses, by: 'ip' },
      handler: async (context, { params, body }) => {
        const account = await getAddressed(platform, context, params.sip);
        await refusingAsApi(() => activateByEmail(platform, context, account, body, nothingMore));
        return present(platform, context, account.id);
      },
    }),
    route({
      method: 'POST',
      path: '/api/accounts/:sip/activate/phone',
      audience: 'public',
      summary: 'Activate an account by the code of an SMS; the phone becomes its own',
      tag: legacyTag,
      params: addressParams,
      body: phoneCodeBody,
      responses,
      rateLimit: { ...guesses, by: 'ip' },
      handler: async (context, { params, body }) => {
        const account = await getAddressed(platform, context, params.sip);
        await refusingAsApi(() => claimByKey(platform, context, account, body, nothingMore));
        return present(platform, context, account.id);
      },
    }),
  ];
}

const nothingMore = async (): Promise<void> => {};

async function present(
  platform: AccountsPlatform,
  { space }: RequestContext,
  id: number,
): Promise<Reply> {
  return json(await presentAccount(platform, await getAccountInSpace(platform, space, id)));
}
