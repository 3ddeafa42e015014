import {
  accountSchema,
  accountsPageSchema,
  createAccountBodySchema,
  idParamSchema,
  updateAccountBodySchema,
} from '@dialtone/contract';
import { z } from 'zod';
import { keyInUse } from '../auth/api-key.ts';
import { PAGE_SIZE, pageNumber, paginate } from '../http/pagination.ts';
import { empty, json } from '../http/reply.ts';
import { type Route, route } from '../http/route.ts';
import type { AccountsPlatform } from './account-hooks.ts';
import { adminView, listView, presentAccount, presentAccounts } from './account-json.ts';
import { getManagedAccount, getTargetSpace, refuseUnknownDomain } from './account-scope.ts';
import { deleteAccount, getAccountInSpace, listAccounts } from './account.service.ts';
import { createAccount, refuseWhenFull } from './create-account.ts';
import { refuseOtherAlgorithm } from './password/password.service.ts';
import { updateAccount } from './update-account.ts';

const params = z.object({ id: idParamSchema });
const account = { description: 'The account', schema: accountSchema };
const notFound = { description: 'No such account in this space' };
const refused = { description: 'Refused fields' };

/** What administrators do with accounts (flexiapi-core.md §6). */
export function adminAccountRoutes(platform: AccountsPlatform): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/accounts',
      audience: 'admin',
      summary: 'List the accounts of the space, twenty a page',
      tag: 'Accounts',
      query: z.object({ page: z.unknown().optional() }),
      responses: { 200: { description: 'A page', schema: accountsPageSchema } },
      handler: async ({ space, origin }, { query }) => {
        const page = pageNumber(query.page);
        const range = { offset: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE };
        const { accounts, total } = await listAccounts(platform, space.domain, range);
        const data = await presentAccounts(platform, accounts, listView);
        return json(paginate(data, page, total, `${origin}/api/accounts`));
      },
    }),
    route({
      method: 'POST',
      path: '/api/accounts',
      audience: 'admin',
      summary: 'Create an account',
      tag: 'Accounts',
      body: createAccountBodySchema,
      responses: {
        200: account,
        403: { description: 'The space is full or unknown' },
        422: refused,
      },
      authorize: async (context, raw) => {
        await refuseWhenFull(platform.db, await getTargetSpace(platform, context, raw['domain']));
      },
      handler: async (context, { body }) => {
        await refuseUnknownDomain(platform, body.domain);
        const space = await getTargetSpace(platform, context, body.domain);
        refuseOtherAlgorithm(space, body.algorithm);
        const created = await createAccount(platform, space, {
          username: body.username,
          password: body.password,
          email: body.email ?? undefined,
          phone: body.phone ?? undefined,
          displayName: body.display_name ?? undefined,
          dtmfProtocol: body.dtmf_protocol ?? undefined,
          dictionary: body.dictionary ?? undefined,
          activated: body.activated ?? false,
          admin: body.admin ?? false,
          ipAddress: context.ip,
          userAgent: context.userAgent,
          allowPhoneNumberUsername: platform.config.accounts.allowPhoneNumberUsernames,
        });
        return json(await presentAccount(platform, created));
      },
    }),
    route({
      method: 'GET',
      path: '/api/accounts/:id',
      audience: 'admin',
      summary: 'Show an account with its pending codes',
      tag: 'Accounts',
      params,
      responses: { 200: account, 404: notFound },
      handler: async ({ space }, { params }) => {
        const found = await getAccountInSpace(platform, space, params.id);
        return json(await presentAccount(platform, found, adminView));
      },
    }),
    route({
      method: 'PUT',
      path: '/api/accounts/:id',
      audience: 'admin',
      summary: 'Replace the fields of an account',
      description:
        'Absent texts are cleared; an absent `password`, `dictionary`, `activated`, `admin` or `blocked` is left as it is. A `password` ends the user keys, browser sessions and tokens of the account.',
      tag: 'Accounts',
      params,
      body: updateAccountBodySchema,
      responses: { 200: account, 404: notFound, 422: refused },
      handler: async (context, { params, body }) => {
        await refuseUnknownDomain(platform, body.domain);
        const found = await getManagedAccount(platform, context, params.id);
        const domain = context.caller.superAdmin ? (body.domain ?? found.domain) : found.domain;
        const space = await getTargetSpace(platform, context, domain);
        refuseOtherAlgorithm(space, body.algorithm);
        const changed = await updateAccount(platform, found.id, {
          username: body.username,
          domain,
          email: body.email ?? null,
          phone: body.phone ?? null,
          displayName: body.display_name ?? null,
          dtmfProtocol: body.dtmf_protocol ?? null,
          password: body.password ?? undefined,
          keepKey: keyInUse(context),
          dictionary: body.dictionary ?? undefined,
          activated: nullIsFalse(body.activated),
          admin: nullIsFalse(body.admin),
          blocked: body.blocked === undefined ? undefined : isTruthy(body.blocked),
          userAgent: context.userAgent,
          allowPhoneNumberUsername: platform.config.accounts.allowPhoneNumberUsernames,
        });
        return json(await presentAccount(platform, changed));
      },
    }),
    route({
      method: 'DELETE',
      path: '/api/accounts/:id',
      audience: 'admin',
      summary: 'Delete an account',
      tag: 'Accounts',
      params,
      responses: { 200: { description: 'Deleted' }, 404: notFound },
      handler: async ({ space }, { params }) => {
        const found = await getAccountInSpace(platform, space, params.id);
        await deleteAccount(platform, found.id);
        return empty();
      },
    }),
  ];
}

/** An explicit null switches off; an absent field changes nothing (flexiapi-core.md §6.5). */
function nullIsFalse(value: boolean | null | undefined): boolean | undefined {
  return value === null ? false : value;
}

/** What FAM reads as true, whatever its type. */
function isTruthy(value: unknown): boolean {
  return value === true || value === 1 || ['1', 'true', 'on', 'yes'].includes(String(value));
}
