import { z } from 'zod';
import type { AccountsPlatform } from '../accounts/account-hooks.ts';
import { FailureLimit } from '../auth/failure-limit.ts';
import { forbidden } from '../errors/service-error.ts';
import { redirect, type Reply, withHeaders } from '../http/reply.ts';
import type { RequestContext } from '../http/request-context.ts';
import { type Route, route } from '../http/route.ts';
import { checkForm, type FormPlatform, proveForm } from '../pages/forms.ts';
import { html, type Markup } from '../pages/html.ts';
import { markdown } from '../pages/markdown.ts';
import { notice, redirectWithError } from '../pages/notice.ts';
import { pageReply } from '../pages/page.ts';
import { formResponses, inputText, pageResponses } from '../pages/page-route.ts';
import { refuseClosedPanel } from '../pages/panel-switch.ts';
import { speak } from '../pages/speak.ts';
import type { RateLimiter } from '../rate-limit/rate-limiter.ts';
import { refuseBesideProvider } from './beside-provider.ts';
import { authenticate } from './login.service.ts';
import { logoutOrigins, logoutUrl } from './oidc/provider.ts';
import { sessionAuthenticator, type SessionPlatform, signIn, signOut } from './session.ts';

type LoginPlatform = AccountsPlatform & FormPlatform & SessionPlatform;

/** Where a browser goes once it is signed in. */
export const homePath = '/dashboard';

const pages = { audience: 'public', tag: 'Pages' } as const;

/** Signing in and out (flexiapi-more.md §5.1). */
export function loginRoutes(platform: LoginPlatform, limiter: RateLimiter): readonly Route[] {
  const failures = new FailureLimit(limiter);
  const signedIn = sessionAuthenticator(platform);
  return [
    route({
      ...pages,
      method: 'GET',
      path: '/',
      summary: 'Start page',
      responses: pageResponses,
      handler: () => redirect('/login'),
    }),
    route({
      ...pages,
      method: 'GET',
      path: '/login',
      summary: 'Page to sign in',
      query: z.looseObject({ error: inputText, notice: inputText }),
      responses: pageResponses,
      authorize: refuseClosedPanel,
      handler: async (context, { query }) => {
        if ((await signedIn(context)) !== undefined) return redirect(homePath);
        return loginPage(platform, context, query.error ?? query.notice);
      },
    }),
    route({
      ...pages,
      method: 'POST',
      path: '/authenticate',
      summary: 'Sign in with username and password',
      body: z.looseObject({ username: inputText, password: inputText }),
      responses: formResponses,
      rateLimit: { name: 'authenticate', limit: 30, windowSeconds: 60, by: 'ip' },
      authorize: (context, raw) => {
        refuseClosedPanel(context);
        checkForm(platform, context, raw);
        refuseBesideProvider(context);
      },
      handler: async (context, { body: { username = '', password = '' } }) => {
        const account = await authenticate(platform, failures, context, username, password);
        if (account === undefined) return redirectWithError('/login', 'authentication');
        if (account.blocked) throw forbidden('account.blocked');
        return withHeaders(
          redirect(homePath),
          await signIn(platform, context, account, 'password'),
        );
      },
    }),
    route({
      ...pages,
      method: 'GET',
      path: '/logout',
      summary: 'Page to sign out',
      responses: pageResponses,
      authorize: refuseClosedPanel,
      handler: (context) => {
        const title = speak(context.locale)('page.logout.title');
        const { field, headers } = proveForm(platform, context);
        const body = logoutForm(context, field);
        const formOrigins = logoutOrigins(context.space.oidc);
        return pageReply(context, { title, body, formOrigins }, { headers });
      },
    }),
    route({
      ...pages,
      method: 'POST',
      path: '/logout',
      summary: 'Sign out',
      responses: formResponses,
      authorize: (context, raw) => {
        refuseClosedPanel(context);
        checkForm(platform, context, raw);
      },
      handler: (context) => {
        const { oidc } = context.space;
        const home = `${context.origin}/login?notice=signed_out`;
        const next = oidc === undefined ? '/login?notice=signed_out' : logoutUrl(oidc, home);
        return withHeaders(redirect(next), signOut(context));
      },
    }),
  ];
}

/** The button that signs out. */
export function logoutForm({ locale }: Pick<RequestContext, 'locale'>, proof: Markup): Markup {
  const text = speak(locale)('page.logout.button');
  return html`<form method="post" action="/logout">${proof}<button class="plain">${text}</button></form>`;
}

function loginPage(
  platform: FormPlatform,
  context: RequestContext,
  message: string | undefined,
): Reply {
  const { locale, space } = context;
  const say = speak(locale);
  const { field, headers } = proveForm(platform, context);
  const passwordForm = html`<form method="post" action="/authenticate">
${field}
<label for="username">${say('page.login.username')}</label>
<input id="username" name="username" autocomplete="username" autocapitalize="none" required autofocus>
<label for="password">${say('page.login.password')}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button>${say('page.login.button')}</button>
</form>
<p><a href="/recovery/email">${say('page.login.forgotten')}</a></p>
<p><a href="/authenticate/qrcode">${say('page.login.qrcode')}</a></p>`;
  const body = html`${notice(locale, message)}
${markdown(space.introRegistrationText ?? '')}
${
  space.oidc === undefined
    ? passwordForm
    : html`<p><a class="button" href="/login/oidc">${say('page.login.oidc', { provider: space.name })}</a></p>`
}
<p><a href="/about">${say('page.login.about')}</a></p>`;
  return pageReply(context, { title: say('page.login.title'), body }, { headers });
}
