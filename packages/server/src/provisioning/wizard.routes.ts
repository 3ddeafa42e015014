import { z } from 'zod';
import { addressOf } from '../accounts/account.ts';
import type { AccountsPlatform } from '../accounts/account-hooks.ts';
import type { Reply } from '../http/reply.ts';
import type { RequestContext } from '../http/request-context.ts';
import { type Route, route } from '../http/route.ts';
import { html } from '../pages/html.ts';
import { pageReply } from '../pages/page.ts';
import { pageResponses } from '../pages/page-route.ts';
import { refuseClosedPanel } from '../pages/panel-switch.ts';
import { speak } from '../pages/speak.ts';
import { setUpPage } from './set-up-page.ts';
import { findWizardOwner, redeemWizard } from './wizard.service.ts';

const pages = {
  audience: 'public',
  path: '/wizard/:token',
  tag: 'Pages',
  params: z.object({ token: z.string().max(64) }),
  responses: {
    ...pageResponses,
    410: { description: 'A page that says that the link is dead', contentType: 'text/html' },
  },
  rateLimit: { name: 'wizard', limit: 30, windowSeconds: 600, by: 'ip' },
  authorize: refuseClosedPanel,
} as const;

/**
 * The page behind the link of a provisioning mail (flexiapi-more.md §1.12). The link is spent by a
 * button: programs that open links ahead of their reader spend nothing.
 */
export function wizardRoutes(platform: AccountsPlatform): readonly Route[] {
  return [
    route({
      ...pages,
      method: 'GET',
      summary: 'Page that asks whether to set up a phone by the link of a mail',
      handler: async (context, { params: { token } }) => {
        const found = await findWizardOwner(platform, context.space, token);
        if (found === undefined) return deadLinkPage(context);
        const say = speak(context.locale);
        const body = html`<p>${say('page.wizard.question', { sip: addressOf(found.account) })}</p>
<form method="post"><button autofocus>${say('page.wizard.button')}</button></form>`;
        return pageReply(context, { title: say('page.provision.title'), body });
      },
    }),
    route({
      ...pages,
      method: 'POST',
      summary: 'Set up a phone by the link of a mail, once',
      handler: async (context, { params: { token } }) => {
        const found = await findWizardOwner(platform, context.space, token);
        const url =
          found === undefined ? undefined : await redeemWizard(platform, found, context.origin);
        return url === undefined ? deadLinkPage(context) : setUpPage(context, url);
      },
    }),
  ];
}

function deadLinkPage(context: RequestContext): Reply {
  const say = speak(context.locale);
  const body = html`<p>${say('page.password.link_dead')}</p>`;
  return pageReply(context, { title: say('page.provision.title'), body }, { status: 410 });
}
