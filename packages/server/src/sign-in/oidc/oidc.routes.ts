import { hash } from 'node:crypto';
import { z } from 'zod';
import type { AccountsPlatform } from '../../accounts/account-hooks.ts';
import { forbidden } from '../../errors/service-error.ts';
import { empty, redirect, type Reply, withHeaders } from '../../http/reply.ts';
import type { RequestContext } from '../../http/request-context.ts';
import { type Route, route } from '../../http/route.ts';
import { readCookie, setCookie } from '../../pages/cookies.ts';
import { redirectWithError } from '../../pages/notice.ts';
import { inputText, pageResponses } from '../../pages/page-route.ts';
import type { OidcConfiguration } from '../../spaces/space.ts';
import { type SessionPlatform, signIn } from '../session.ts';
import { accountOfProfile } from './account-of-profile.ts';
import { fetchProfile, OidcError } from './fetch-profile.ts';
import { authorizationUrl } from './provider.ts';

type OidcPlatform = AccountsPlatform & SessionPlatform;

const redirectPath = '/login/oidc/redirect';
const attemptCookie = 'dialtone_oidc';
/** Time to sign in at the provider. */
const attemptMs = 900_000;

const attemptSchema = z.object({ state: z.string(), nonce: z.string(), verifier: z.string() });

const pages = { audience: 'public', tag: 'Pages', responses: pageResponses } as const;
const logins = { limit: 30, windowSeconds: 60, by: 'ip' } as const;

/** Signing in at the OpenID Connect provider of the space (flexiapi-core.md §4.5). */
export function oidcRoutes(platform: OidcPlatform): readonly Route[] {
  return [
    route({
      ...pages,
      method: 'GET',
      path: '/login/oidc',
      summary: 'Sign in at the provider of the space',
      rateLimit: { name: 'oidc-login', ...logins },
      handler: (context) => {
        const { random, seal, clock } = platform;
        const oidc = configurationOf(context);
        const attempt = {
          state: random.token(32),
          nonce: random.token(32),
          verifier: random.token(64),
        };
        const challenge = hash('sha256', attempt.verifier, 'base64url');
        const url = authorizationUrl(oidc, redirectUri(context), attempt, challenge);
        const sealed = seal.seal('oidc', attempt, clock.now() + attemptMs);
        return withHeaders(redirect(url), setCookie(context, attemptCookie, sealed));
      },
    }),
    route({
      ...pages,
      method: 'GET',
      path: redirectPath,
      summary: 'Return from the provider of the space',
      query: z.looseObject({ code: inputText, state: inputText }),
      rateLimit: { name: 'oidc-redirect', ...logins },
      handler: async (context, { query }) => {
        const oidc = configurationOf(context);
        const { seal, clock } = platform;
        const sealed = readCookie(context, attemptCookie);
        const attempt = seal.open('oidc', attemptSchema, sealed, clock.now());
        const spent = setCookie(context, attemptCookie, '', 0);
        if (attempt === undefined || attempt.state !== query.state || query.code === undefined) {
          return withHeaders(redirectWithError('/login', 'sso_failed'), spent);
        }
        try {
          const uri = redirectUri(context);
          const profile = await fetchProfile(platform, oidc, uri, query.code, attempt);
          const { space, ip, userAgent } = context;
          const account = await accountOfProfile(platform, space, profile, { ip, userAgent });
          return withHeaders(await enter(platform, context, account), spent);
        } catch (error) {
          if (!(error instanceof OidcError)) throw error;
          platform.log.warn({ err: error, space: context.space.domain }, 'OIDC login failed');
          return withHeaders(redirectWithError('/login', 'sso_failed'), spent);
        }
      },
      head: () => empty(),
    }),
  ];
}

async function enter(
  platform: OidcPlatform,
  context: RequestContext,
  account: { readonly id: number; readonly blocked: boolean } | undefined,
): Promise<Reply> {
  if (account === undefined) return redirectWithError('/login', 'sso_not_found');
  if (account.blocked) throw forbidden('account.blocked');
  return withHeaders(redirect('/'), await signIn(platform, context, account, 'oidc'));
}

function redirectUri({ origin }: RequestContext): string {
  return `${origin}${redirectPath}`;
}

/** @throws ServiceError `space.feature_disabled` */
function configurationOf({ space }: RequestContext): OidcConfiguration {
  if (space.oidc === undefined) throw forbidden('space.feature_disabled');
  return space.oidc;
}
