import { z } from 'zod';
import { addressOf } from '../accounts/account.ts';
import type { AccountsPlatform } from '../accounts/account-hooks.ts';
import { matchesPassword } from '../accounts/password/hash-password.ts';
import { selectPasswords } from '../accounts/password/password.repository.ts';
import { choosePassword } from '../accounts/password/password.service.ts';
import { forbidden, invalid, isServiceError } from '../errors/service-error.ts';
import { redirect, withHeaders } from '../http/reply.ts';
import type { AuthenticatedContext, RequestContext } from '../http/request-context.ts';
import { type Route, route } from '../http/route.ts';
import { checkForm, proveForm } from '../pages/forms.ts';
import { html } from '../pages/html.ts';
import { notice, redirectWithError } from '../pages/notice.ts';
import { pageReply } from '../pages/page.ts';
import { formResponses, inputText, pageResponses } from '../pages/page-route.ts';
import { speak } from '../pages/speak.ts';
import { readSession, type SessionPlatform, signOut } from '../sign-in/session.ts';
import { chosenPassword, passwordFields, passwordInputs } from './password-form.ts';

type PasswordPlatform = AccountsPlatform & SessionPlatform;

const pages = { audience: 'session', path: '/password', tag: 'Pages' } as const;

/** The page on which a signed-in user chooses a password; afterwards nobody is signed in any more. */
export function passwordRoutes(platform: PasswordPlatform): readonly Route[] {
  return [
    route({
      ...pages,
      method: 'GET',
      summary: 'Page on which I choose a password',
      query: z.looseObject({ error: inputText }),
      responses: pageResponses,
      authorize: refuseWithoutPasswords,
      handler: (context, { query }) => {
        const say = speak(context.locale);
        const { field, headers } = proveForm(platform, context);
        const current = html`<label for="current_password">${say('page.password.current')}</label>
<input id="current_password" name="current_password" type="password" autocomplete="current-password" required>`;
        const body = html`${notice(context.locale, query.error)}
<p>${say('page.password.account', { sip: addressOf(context.caller) })}</p>
<form method="post">
${field}
${mustKnowCurrent(platform, context) ? current : undefined}
${passwordInputs(context.locale)}
<button>${say('page.password.save')}</button>
</form>`;
        return pageReply(context, { title: say('page.password.title'), body }, { headers });
      },
    }),
    route({
      ...pages,
      method: 'POST',
      summary: 'Choose my password',
      body: z.looseObject({ ...passwordFields, current_password: inputText }),
      responses: formResponses,
      rateLimit: { name: 'password', limit: 10, windowSeconds: 600, by: 'account' },
      authorize: (context, raw) => {
        refuseWithoutPasswords(context);
        checkForm(platform, context, raw);
      },
      handler: async (context, { body }) => {
        const chosen = chosenPassword(body);
        if ('error' in chosen) return redirectWithError('/password', chosen.error);
        try {
          await change(platform, context, chosen.password, body.current_password);
        } catch (error) {
          if (!isServiceError(error, 'invalid')) throw error;
          return redirectWithError('/password', 'current_password');
        }
        return withHeaders(redirect('/login?notice=password_changed'), signOut(context));
      },
    }),
  ];
}

async function change(
  platform: PasswordPlatform,
  context: AuthenticatedContext,
  password: string,
  current: string | undefined,
): Promise<void> {
  const { accountId } = context.caller;
  const mustKnow = mustKnowCurrent(platform, context);
  await choosePassword(platform, accountId, password, async (trx, account, space) => {
    if (!mustKnow) return;
    const stored = await selectPasswords(trx, accountId);
    if (!matchesPassword(space, account.username, current ?? '', stored)) {
      throw invalid({ current_password: 'validation.password' });
    }
  });
}

/** Who signed in with the password must type it again: a browser left open is not its owner. */
function mustKnowCurrent(platform: PasswordPlatform, context: RequestContext): boolean {
  return readSession(platform, context)?.way === 'password';
}

function refuseWithoutPasswords({ space }: RequestContext): void {
  if (space.digest === undefined) throw forbidden('space.no_digest');
}
