import {
  accountSchema,
  foundAccountSchema,
  idParamSchema,
  resolvedSchema,
} from '@dialtone/contract';
import { z } from 'zod';
import { selectCallForwardings } from '../call-forwardings/call-forwarding.repository.ts';
import { notFound } from '../errors/service-error.ts';
import { empty, json } from '../http/reply.ts';
import { type Route, route } from '../http/route.ts';
import { createProvisioningToken } from '../tokens/provisioning-token.ts';
import type { Account } from './account.ts';
import type { AccountsPlatform } from './account-hooks.ts';
import { presentAccount } from './account-json.ts';
import {
  activateAccount,
  blockAccount,
  deactivateAccount,
  findAccountByEmail,
  getAccountInSpace,
  searchAccount,
  unblockAccount,
} from './account.service.ts';
import { sendProvisioningMail } from './mails/send-provisioning-mail.ts';
import { sendResetPasswordMail } from './mails/send-reset-password-mail.ts';

const params = z.object({ id: idParamSchema });
const account = { description: 'The account', schema: accountSchema };
const foundAccount = { description: 'The account', schema: foundAccountSchema };
const unknown = { description: 'No such account in this space' };

/** Administrators' searches and single actions on accounts (flexiapi-core.md §6.6 to §6.11). */
export function adminAccountActionRoutes(platform: AccountsPlatform): readonly Route[] {
  return [
    stateRoute(platform, 'activate', 'Activate an account', activateAccount),
    stateRoute(platform, 'deactivate', 'Deactivate an account', deactivateAccount),
    stateRoute(platform, 'block', 'Block an account', blockAccount),
    stateRoute(platform, 'unblock', 'Unblock an account', unblockAccount),
    route({
      method: 'GET',
      path: '/api/accounts/:sip/search',
      audience: 'admin',
      summary: 'Find an account by `user@domain`',
      tag: 'Accounts',
      params: z.object({ sip: z.string() }),
      responses: { 200: foundAccount, 404: unknown },
      handler: async ({ space }, { params }) =>
        json(await withForwardings(platform, await searchAccount(platform, space, params.sip))),
    }),
    route({
      method: 'GET',
      path: '/api/accounts/:email/search-by-email',
      audience: 'admin',
      summary: 'Find an account by its e-mail address',
      tag: 'Accounts',
      params: z.object({ email: z.string() }),
      responses: { 200: foundAccount, 404: unknown },
      handler: async ({ space }, { params }) => {
        const found = await findAccountByEmail(platform, params.email, space.domain);
        if (found === undefined) throw notFound('account.not_found');
        return json(await withForwardings(platform, found));
      },
    }),
    route({
      method: 'GET',
      path: '/api/resolve/:sip',
      audience: 'admin',
      summary: 'Say what a SIP address stands for, with its call forwardings',
      tag: 'Accounts',
      params: z.object({ sip: z.string() }),
      responses: {
        200: { description: 'Always an account', schema: resolvedSchema },
        404: unknown,
      },
      handler: async ({ space }, { params }) => {
        const found = await searchAccount(platform, space, params.sip);
        return json({ type: 'account', payload: await withForwardings(platform, found) });
      },
    }),
    route({
      method: 'GET',
      path: '/api/accounts/:id/provision',
      audience: 'admin',
      summary: 'Renew the provisioning token of an account',
      description: 'Earlier tokens work no more; the new one is in `provisioning_token`.',
      tag: 'Accounts',
      params,
      responses: { 200: account, 404: unknown },
      handler: async ({ space, ip, userAgent }, { params }) => {
        const found = await getAccountInSpace(platform, space, params.id);
        await createProvisioningToken(platform, found.id, { ip, userAgent });
        return json(await presentAccount(platform, found));
      },
      head: () => empty(),
    }),
    route({
      method: 'POST',
      path: '/api/accounts/:id/send_provisioning_email',
      audience: 'admin',
      summary: 'Mail a provisioning link and QR code to an account',
      tag: 'Accounts',
      params,
      responses: {
        200: { description: 'On its way' },
        403: { description: 'The account has no e-mail address' },
        404: unknown,
      },
      handler: async (context, { params }) => {
        const found = await getAccountInSpace(platform, context.space, params.id);
        await sendProvisioningMail(platform, context, found);
        return empty();
      },
    }),
    route({
      method: 'POST',
      path: '/api/accounts/:id/send_reset_password_email',
      audience: 'admin',
      summary: 'Mail a link to choose a new password to an account',
      tag: 'Accounts',
      params,
      responses: {
        200: { description: 'On its way' },
        403: { description: 'The account has no e-mail address' },
        404: unknown,
      },
      handler: async (context, { params }) => {
        const found = await getAccountInSpace(platform, context.space, params.id);
        await sendResetPasswordMail(platform, context, found);
        return empty();
      },
    }),
  ];
}

type StateChange = (platform: AccountsPlatform, accountId: number) => Promise<Account>;

function stateRoute(
  platform: AccountsPlatform,
  action: string,
  summary: string,
  change: StateChange,
): Route {
  return route({
    method: 'POST',
    path: `/api/accounts/:id/${action}`,
    audience: 'admin',
    summary,
    tag: 'Accounts',
    params,
    responses: { 200: account, 404: unknown },
    handler: async ({ space }, { params }) => {
      const found = await getAccountInSpace(platform, space, params.id);
      return json(await presentAccount(platform, await change(platform, found.id)));
    },
  });
}

async function withForwardings(platform: AccountsPlatform, found: Account) {
  return {
    ...(await presentAccount(platform, found)),
    call_forwardings: await selectCallForwardings(platform.db, found.id),
  };
}
