import { z } from 'zod';
import { pageExpired } from '../errors/service-error.ts';
import type { Reply } from '../http/reply.ts';
import type { RequestContext } from '../http/request-context.ts';
import { type Route, route } from '../http/route.ts';
import { formTokenField, hiddenField } from '../pages/forms.ts';
import { html } from '../pages/html.ts';
import { notice, redirectWithError } from '../pages/notice.ts';
import { pageReply } from '../pages/page.ts';
import { refuseClosedPanel } from '../pages/panel-switch.ts';
import { formResponses, inputText, pageResponses } from '../pages/page-route.ts';
import { speak } from '../pages/speak.ts';
import type { Platform } from '../platform.ts';
import type { Seal } from '../sealing/seal.ts';
import {
  isRequestTokenOpen,
  validateRequestToken,
} from '../tokens/account-creation-request-token.ts';
import type { Captcha } from './captcha.ts';

const checkPath = '/creation_token/check';
const tokenField = 'account_creation_request_token';

/**
 * The page that an app opens before it creates an account: behind it stands a human
 * (flexiapi-core.md §5.1). It needs no cookie, which views inside of apps may refuse: the form proves
 * itself by its request token.
 */
export function creationTokenRoutes(
  platform: Pick<Platform, 'db' | 'clock'> & { readonly seal: Seal },
  captcha: Captcha,
): readonly Route[] {
  const { seal } = platform;
  return [
    route({
      method: 'GET',
      path: `${checkPath}/:token`,
      audience: 'public',
      summary: 'Page that validates an account creation request token',
      tag: 'Pages',
      params: z.object({ token: z.string().max(64) }),
      query: z.looseObject({ error: inputText }),
      responses: pageResponses,
      authorize: refuseClosedPanel,
      handler: async (context, { params: { token }, query }) => {
        if (!(await isRequestTokenOpen(platform, token))) return leave();
        const parts = captcha.present(context.locale, subjectOf(token));
        const say = speak(context.locale);
        const body = html`${notice(context.locale, query.error)}
<p>${say('page.creation.question', { space: context.space.name })}</p>
<form method="post" action="/creation_token/validate">
${hiddenField(formTokenField, seal.tag('form', subjectOf(token)))}
${hiddenField(tokenField, token)}
${parts.fields}
<button>${say('page.creation.button')}</button>
</form>`;
        return pageReply(context, { ...parts, title: say('page.creation.title'), body });
      },
    }),
    route({
      method: 'POST',
      path: '/creation_token/validate',
      audience: 'public',
      summary: 'Validate an account creation request token',
      tag: 'Pages',
      body: z.looseObject({ [tokenField]: inputText }),
      responses: formResponses,
      rateLimit: { name: 'creation-token-validation', limit: 30, windowSeconds: 60, by: 'ip' },
      authorize: (context, raw) => {
        refuseClosedPanel(context);
        const [token, proof] = [raw[tokenField], raw[formTokenField]];
        const subject = subjectOf(typeof token === 'string' ? token : '');
        if (typeof proof !== 'string' || !seal.isTag('form', subject, proof)) throw pageExpired();
      },
      handler: async (context, { body }) => {
        const token = body[tokenField] ?? '';
        if (!(await captcha.accept(subjectOf(token), body, context))) {
          return redirectWithError(`${checkPath}/${token}`, 'captcha');
        }
        return (await validateRequestToken(platform, token)) ? donePage(context) : leave();
      },
    }),
  ];
}

/** The link is unknown or was used: back to the start, with the reason. */
function leave(): Reply {
  return redirectWithError('/login', 'creation_token');
}

function donePage(context: RequestContext): Reply {
  const say = speak(context.locale);
  return pageReply(context, {
    title: say('page.creation.title'),
    body: html`<p>${say('page.creation.done')}</p>`,
  });
}

function subjectOf(token: string): string {
  return `creation ${token}`;
}
