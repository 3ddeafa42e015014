import { addressOf } from '../accounts/account.ts';
import type { AccountsPlatform } from '../accounts/account-hooks.ts';
import { getCallerAccount } from '../accounts/account-scope.ts';
import { type Route, route } from '../http/route.ts';
import { checkForm, type FormPlatform, proveForm } from '../pages/forms.ts';
import { html, Markup } from '../pages/html.ts';
import { pageReply } from '../pages/page.ts';
import { formResponses, pageResponses } from '../pages/page-route.ts';
import { speak } from '../pages/speak.ts';
import { issueProvisioning } from '../provisioning/issue-provisioning.ts';
import { qrMatrix } from '../provisioning/qr/qr-matrix.ts';
import { qrSvg } from '../provisioning/qr/qr-svg.ts';
import { homePath, logoutForm } from './login.routes.ts';
import { logoutOrigins } from './oidc/provider.ts';

const pages = { audience: 'session', tag: 'Pages' } as const;
const qrPixels = 300;

/** What a signed-in user does without an administrator: see the account, set up a phone. */
export function dashboardRoutes(platform: AccountsPlatform & FormPlatform): readonly Route[] {
  return [
    route({
      ...pages,
      method: 'GET',
      path: homePath,
      summary: 'Page of my account',
      responses: pageResponses,
      handler: async (context) => {
        const account = await getCallerAccount(platform, context);
        const say = speak(context.locale);
        const none = say('page.dashboard.none');
        const { field, headers } = proveForm(platform, context);
        const state = account.activated
          ? say('page.dashboard.activated')
          : say('page.dashboard.not_activated');
        const body = html`<dl>
<dt>${say('page.dashboard.address')}</dt><dd>${addressOf(account)}</dd>
<dt>${say('page.dashboard.email')}</dt><dd>${account.email ?? none}</dd>
<dt>${say('page.dashboard.phone')}</dt><dd>${account.phone ?? none}</dd>
<dt>${say('page.dashboard.state')}</dt><dd>${state}</dd>
</dl>
<form method="post" action="/dashboard/provisioning">${field}<button>${say('page.dashboard.provision')}</button></form>
<p><a href="/password">${say('page.dashboard.password')}</a></p>
<form method="post" action="/auth_tokens">${field}<button class="plain">${say('page.dashboard.other_device')}</button></form>
${logoutForm(context, field)}`;
        const formOrigins = logoutOrigins(context.space.oidc);
        const title = say('page.dashboard.title');
        return pageReply(context, { title, body, formOrigins }, { headers });
      },
    }),
    route({
      ...pages,
      method: 'POST',
      path: '/dashboard/provisioning',
      summary: 'QR code that sets up a phone with my account',
      responses: formResponses,
      rateLimit: { name: 'own-provisioning', limit: 30, windowSeconds: 600, by: 'account' },
      authorize: (context, raw) => checkForm(platform, context, raw),
      handler: async (context) => {
        const account = await getCallerAccount(platform, context);
        const { url } = await issueProvisioning(platform, account, { baseUrl: context.origin });
        const say = speak(context.locale);
        const body = html`<p>${say('page.provision.scan')}</p>
<div class="code">${new Markup(qrSvg(qrMatrix(url, 'high'), qrPixels))}</div>
<p><a href="${homePath}">${say('page.back')}</a></p>`;
        return pageReply(context, { title: say('page.provision.title'), body });
      },
    }),
  ];
}
