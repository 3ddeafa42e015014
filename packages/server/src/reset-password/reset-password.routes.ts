import { z } from 'zod';
import { addressOf } from '../accounts/account.ts';
import type { AccountsPlatform } from '../accounts/account-hooks.ts';
import { forbidden } from '../errors/service-error.ts';
import { redirect, type Reply } from '../http/reply.ts';
import type { RequestContext } from '../http/request-context.ts';
import { type Route, route } from '../http/route.ts';
import { checkForm, type FormPlatform, hiddenField, proveForm } from '../pages/forms.ts';
import { html } from '../pages/html.ts';
import { notice, redirectWithError } from '../pages/notice.ts';
import { pageReply } from '../pages/page.ts';
import { formResponses, inputText, pageResponses } from '../pages/page-route.ts';
import { refuseClosedPanel } from '../pages/panel-switch.ts';
import { speak } from '../pages/speak.ts';
import { chosenPassword, passwordFields, passwordInputs } from './password-form.ts';
import { findAccountOfLink, resetPasswordByLink } from './reset-password.service.ts';

const guesses = { name: 'reset-password', limit: 30, windowSeconds: 600, by: 'ip' } as const;

/** The page behind the link of a reset-password mail (flexiapi-core.md §6.11). */
export function resetPasswordRoutes(platform: AccountsPlatform & FormPlatform): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/reset_password/:token',
      audience: 'public',
      summary: 'Page on which the link of a mail chooses a password',
      tag: 'Pages',
      params: z.object({ token: z.string().max(64) }),
      query: z.looseObject({ error: inputText }),
      responses: {
        ...pageResponses,
        410: { description: 'A page that says that the link is dead', contentType: 'text/html' },
      },
      rateLimit: guesses,
      authorize: refuseWithoutPasswords,
      handler: async (context, { params: { token }, query }) => {
        const found = await findAccountOfLink(platform, context.space, token);
        if (found === undefined) return deadLinkPage(context);
        const say = speak(context.locale);
        const { field, headers } = proveForm(platform, context);
        const body = html`${notice(context.locale, query.error)}
<p>${say('page.password.account', { sip: addressOf(found.account) })}</p>
<form method="post" action="/reset_password">
${field}
${hiddenField('token', token)}
${passwordInputs(context.locale)}
<button>${say('page.password.save')}</button>
</form>`;
        return pageReply(context, { title: say('page.password.title'), body }, { headers });
      },
    }),
    route({
      method: 'POST',
      path: '/reset_password',
      audience: 'public',
      summary: 'Choose a password by the link of a mail',
      tag: 'Pages',
      body: z.looseObject({ token: inputText, ...passwordFields }),
      responses: formResponses,
      rateLimit: guesses,
      authorize: (context, raw) => {
        refuseWithoutPasswords(context);
        checkForm(platform, context, raw);
      },
      handler: async ({ space }, { body }) => {
        const token = body.token ?? '';
        const chosen = chosenPassword(body);
        if ('error' in chosen) {
          return redirectWithError(`/reset_password/${encodeURIComponent(token)}`, chosen.error);
        }
        await resetPasswordByLink(platform, space, token, chosen.password);
        return redirect('/login?notice=password_changed');
      },
    }),
  ];
}

function refuseWithoutPasswords(context: RequestContext): void {
  refuseClosedPanel(context);
  if (context.space.digest === undefined) throw forbidden('space.no_digest');
}

function deadLinkPage(context: RequestContext): Reply {
  const say = speak(context.locale);
  const body = html`<p>${say('page.password.link_dead')}</p>`;
  return pageReply(context, { title: say('page.password.title'), body }, { status: 410 });
}
