import {
  accountCreationRequestTokenSchema,
  accountCreationTokenSchema,
  authTokenSchema,
  consumeCreationTokenBodySchema,
  consumedAccountCreationTokenSchema,
  jsonDateOrNull,
  pushTargetBodySchema,
  useRequestTokenBodySchema,
} from '@dialtone/contract';
import { z } from 'zod';
import { toJsonDate } from '../db/dates.ts';
import { notFound } from '../errors/service-error.ts';
import { empty, json } from '../http/reply.ts';
import type { RequestContext } from '../http/request-context.ts';
import { type Route, route } from '../http/route.ts';
import type { Platform } from '../platform.ts';
import { createRequestToken, exchangeRequestToken } from './account-creation-request-token.ts';
import {
  type AccountCreationToken,
  consumeAccountCreationToken,
  createAccountCreationToken,
  creationTokenExpiry,
} from './account-creation-token.ts';
import { attachAuthToken, createAuthToken } from './auth-token.ts';
import type { Origin } from './life-cycle.ts';
import { type PushedToken, type PushSender, pushToken } from './push-token.service.ts';

type TokensPlatform = Pick<Platform, 'db' | 'clock' | 'random' | 'config'>;

const created = { description: 'The token', schema: accountCreationTokenSchema };
const unknown = { description: 'Unknown, expired or used token' };
const perAddress = { limit: 60, windowSeconds: 60, by: 'ip' } as const;

/** How tokens are got and spent (flexiapi-core.md §5). `push` is absent when nothing can push. */
export function tokensRoutes(
  platform: TokensPlatform,
  push: PushSender | undefined,
): readonly Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/account_creation_request_tokens',
      audience: 'public',
      summary: 'Ask for a token that a human validates on its page',
      description:
        'Open `validation_url` in a browser; then exchange the token for an account creation token.',
      tag: 'Tokens',
      responses: {
        201: { description: 'The token', schema: accountCreationRequestTokenSchema },
      },
      rateLimit: { name: 'request-token', ...perAddress },
      handler: async (context) => {
        const token = await createRequestToken(platform, originOf(context));
        const validation_url = `${context.origin}/creation_token/check/${token}`;
        return json({ token, validation_url }, 201);
      },
    }),
    pushRoute(platform, push, 'account_creation_tokens', 'Push an account creation token'),
    pushRoute(platform, push, 'account_recovery_tokens', 'Push an account recovery token'),
    route({
      method: 'POST',
      path: '/api/account_creation_tokens/using-account-creation-request-token',
      audience: 'public',
      summary: 'Exchange a validated request token for a creation token',
      description: 'Ask again while the answer is 404.',
      tag: 'Tokens',
      body: useRequestTokenBodySchema,
      responses: {
        201: created,
        404: { description: 'Not validated yet' },
        422: { description: 'Unknown or used token' },
      },
      rateLimit: { name: 'request-token-use', ...perAddress },
      handler: async (context, { body }) => {
        const origin = originOf(context);
        const request = body.account_creation_request_token;
        const token = await exchangeRequestToken(platform, request, origin);
        return json(createdJson(platform, token), 201);
      },
    }),
    route({
      method: 'POST',
      path: '/api/account_creation_tokens/consume',
      audience: 'account',
      summary: 'Validate my account by an account creation token',
      tag: 'Tokens',
      body: consumeCreationTokenBodySchema,
      responses: {
        200: { description: 'The spent token', schema: consumedAccountCreationTokenSchema },
        404: unknown,
      },
      handler: async (context, { body }) => {
        const token = body.account_creation_token;
        if (typeof token !== 'string') throw notFound('token.not_found');
        const { accountId } = context.caller;
        const origin = originOf(context);
        const spent = await consumeAccountCreationToken(platform, token, accountId, origin);
        return json(consumedJson(platform, spent));
      },
    }),
    route({
      method: 'POST',
      path: '/api/account_creation_tokens',
      audience: 'admin',
      summary: 'Create an account creation token',
      tag: 'Tokens',
      responses: { 201: created },
      handler: async (context) => {
        const token = await createAccountCreationToken(platform, originOf(context));
        return json(createdJson(platform, token), 201);
      },
    }),
    route({
      method: 'POST',
      path: '/api/accounts/auth_token',
      audience: 'public',
      summary: 'Create a token with which a signed-in device signs this one in',
      description:
        'Show the token as a QR code; a signed-in device attaches it, and this one then redeems it at `/api/accounts/me/api_key/{auth_token}`.',
      tag: 'Tokens',
      responses: { 201: { description: 'The token', schema: authTokenSchema } },
      rateLimit: { name: 'auth-token-creation', ...perAddress },
      handler: async (context) => {
        const row = await createAuthToken(platform, originOf(context));
        return json(
          {
            token: row.token,
            ip: row.ip,
            user_agent: row.user_agent,
            updated_at: row.updated_at === null ? null : toJsonDate(row.updated_at),
            created_at: row.created_at === null ? null : toJsonDate(row.created_at),
            id: row.id,
          },
          201,
        );
      },
    }),
    route({
      method: 'GET',
      path: '/api/accounts/auth_token/:auth_token/attach',
      audience: 'account',
      summary: 'Sign in the device that shows this token',
      tag: 'Tokens',
      params: z.object({ auth_token: z.string() }),
      responses: { 200: { description: 'Attached' }, 404: unknown },
      handler: async ({ caller }, { params }) => {
        await attachAuthToken(platform, params.auth_token, caller.accountId);
        return empty();
      },
      head: () => empty(),
    }),
  ];
}

function pushRoute(
  platform: TokensPlatform,
  push: PushSender | undefined,
  kind: PushedToken,
  summary: string,
): Route {
  return route({
    method: 'POST',
    path: `/api/${kind}/send-by-push`,
    audience: 'public',
    summary,
    tag: 'Tokens',
    body: pushTargetBodySchema,
    responses: {
      200: { description: 'Pushed' },
      422: { description: 'Refused fields' },
      429: { description: 'The device has spent such a token lately' },
      503: { description: 'The push could not be sent' },
    },
    rateLimit: { name: kind, ...perAddress },
    handler: async (context, { body }) => {
      const target = { provider: body.pn_provider, param: body.pn_param, prid: body.pn_prid };
      await pushToken(platform, push, kind, target, originOf(context));
      return empty();
    },
  });
}

function originOf({ ip, userAgent }: RequestContext): Origin {
  return { ip, userAgent };
}

function createdJson(platform: TokensPlatform, token: AccountCreationToken) {
  return {
    token: token.token,
    ip: token.ip,
    user_agent: token.user_agent,
    expire_at: jsonDateOrNull(creationTokenExpiry(platform, token)),
  };
}

function consumedJson(platform: TokensPlatform, token: AccountCreationToken) {
  return {
    token: token.token,
    pn_provider: token.pn_provider,
    pn_param: token.pn_param,
    pn_prid: token.pn_prid,
    used: token.used === 1,
    account_id: token.account_id,
    ip: token.ip,
    user_agent: token.user_agent,
    expire_at: jsonDateOrNull(creationTokenExpiry(platform, token)),
  };
}
