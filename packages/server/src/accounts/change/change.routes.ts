import {
  accountSchema,
  confirmCodeBodySchema,
  requestEmailChangeBodySchema,
  requestPhoneChangeBodySchema,
} from '@dialtone/contract';
import { empty, json } from '../../http/reply.ts';
import type { AuthenticatedContext } from '../../http/request-context.ts';
import { type Route, route } from '../../http/route.ts';
import type { AccountsPlatform } from '../account-hooks.ts';
import { baseView, presentAccount } from '../account-json.ts';
import { getCallerAccount } from '../account-scope.ts';
import { confirmEmailChange, confirmPhoneChange } from './confirm-change.ts';
import {
  admitChangeRequest,
  type ChangeContext,
  requestEmailChange,
  requestPhoneChange,
} from './request-change.ts';

const requestResponses = {
  200: { description: 'The code is on its way' },
  403: { description: 'Blocked, or not validated by an account creation token' },
  422: { description: 'Refused fields' },
};

const confirmResponses = {
  200: { description: 'The account', schema: accountSchema },
  404: { description: 'No code is pending' },
  410: { description: 'The code has expired, or was tried too often' },
  422: { description: 'Wrong code' },
};

/** Codes cost money, also where an administrator has switched blocking off. */
const requests = { name: 'code-request', limit: 20, windowSeconds: 3600, by: 'account' } as const;

/** How users change their e-mail address and phone number (flexiapi-core.md §7). */
export function changeRoutes(platform: AccountsPlatform): readonly Route[] {
  const authorize = async (context: AuthenticatedContext): Promise<void> =>
    admitChangeRequest(platform, (await getCallerAccount(platform, context)).id);
  return [
    route({
      method: 'POST',
      path: '/api/accounts/me/email/request',
      audience: 'account',
      summary: 'Ask for a code at a new e-mail address',
      tag: 'My account',
      body: requestEmailChangeBodySchema,
      responses: requestResponses,
      rateLimit: requests,
      authorize,
      handler: async (context, { body }) => {
        const own = await getCallerAccount(platform, context);
        await requestEmailChange(platform, changeContext(context), own, body.email);
        return empty();
      },
    }),
    route({
      method: 'POST',
      path: '/api/accounts/me/email',
      audience: 'account',
      summary: 'Confirm a new e-mail address by its code',
      tag: 'My account',
      body: confirmCodeBodySchema,
      responses: confirmResponses,
      handler: async (context, { body }) => {
        const own = await getCallerAccount(platform, context);
        const changed = await confirmEmailChange(platform, own, body.code);
        return json(await presentAccount(platform, changed));
      },
    }),
    route({
      method: 'POST',
      path: '/api/accounts/me/phone/request',
      audience: 'account',
      summary: 'Ask for a code at a new phone number',
      tag: 'My account',
      body: requestPhoneChangeBodySchema,
      responses: requestResponses,
      rateLimit: requests,
      authorize,
      handler: async (context, { body }) => {
        const own = await getCallerAccount(platform, context);
        await requestPhoneChange(platform, changeContext(context), own, body.phone);
        return empty();
      },
    }),
    route({
      method: 'POST',
      path: '/api/accounts/me/phone',
      audience: 'account',
      summary: 'Confirm a new phone number by its code',
      tag: 'My account',
      body: confirmCodeBodySchema,
      responses: confirmResponses,
      handler: async (context, { body }) => {
        const own = await getCallerAccount(platform, context);
        const changed = await confirmPhoneChange(platform, own, body.code);
        return json(
          await presentAccount(platform, changed, { ...baseView, phoneChangeCode: true }),
        );
      },
    }),
  ];
}

function changeContext({ space, locale, ip, userAgent }: AuthenticatedContext): ChangeContext {
  return { space, locale, origin: { ip, userAgent } };
}
