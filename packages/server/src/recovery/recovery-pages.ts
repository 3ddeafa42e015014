import type { CaptchaParts } from '../captcha/captcha.ts';
import type { Reply } from '../http/reply.ts';
import type { RequestContext } from '../http/request-context.ts';
import { type FormProof, hiddenField } from '../pages/forms.ts';
import { html, type Markup } from '../pages/html.ts';
import { notice } from '../pages/notice.ts';
import { pageReply } from '../pages/page.ts';
import { speak } from '../pages/speak.ts';
import type { RecoveryMethod } from './recovery-ticket.ts';

interface FormPage {
  readonly form: FormProof;
  /** Key of a notice. */
  readonly error: string | undefined;
}

/** Asks for the phone number of an account. */
export function phonePage(
  context: RequestContext,
  { form, error, token, phone }: FormPage & { readonly token: string; readonly phone: string },
): Reply {
  const say = speak(context.locale);
  const body = html`${notice(context.locale, error)}
<form method="post" action="/recovery">
${form.field}
${hiddenField('account_recovery_token', token)}
<label for="phone">${say('page.recovery.phone')}</label>
<input id="phone" name="phone" type="tel" autocomplete="tel" required pattern="\\+[0-9 .()\\-]+" value="${phone}">
<button>${say('page.recovery.send')}</button>
</form>`;
  const { headers } = form;
  return pageReply(context, { title: say('page.recovery.title'), body }, { headers });
}

/** Asks for the e-mail address of an account, and for more where several accounts may share one. */
export function emailPage(
  context: RequestContext,
  { form, error, captcha }: FormPage & { readonly captcha: CaptchaParts },
): Reply {
  const say = speak(context.locale);
  const username = html`<label for="username">${say('page.recovery.username')}</label>
<input id="username" name="username" autocomplete="username" required>`;
  const body = html`${notice(context.locale, error)}
<form method="post" action="/recovery">
${form.field}
<label for="email">${say('page.recovery.email')}</label>
<input id="email" name="email" type="email" autocomplete="email" required>
${context.space.switches.unique_email ? undefined : username}
${captcha.fields}
<button>${say('page.recovery.send')}</button>
</form>`;
  const { headers } = form;
  return pageReply(context, { ...captcha, title: say('page.recovery.title'), body }, { headers });
}

/** Asks for the code; `attemptsLeft` after a wrong one. */
export function codePage(
  context: RequestContext,
  {
    form,
    ticket,
    method,
    attemptsLeft,
  }: {
    readonly form: FormProof;
    readonly ticket: string;
    readonly method: RecoveryMethod;
    readonly attemptsLeft?: number;
  },
): Reply {
  const say = speak(context.locale);
  const message =
    attemptsLeft === undefined
      ? say(`page.recovery.sent_${method}`)
      : say('page.recovery.wrong_code', { attempts: attemptsLeft });
  const body = html`<p class="notice" role="status">${message}</p>
<form method="post" action="/recovery/confirm">
${form.field}
${hiddenField('account_id', ticket)}
${hiddenField('method', method)}
<p>${say('page.recovery.code')}</p>
${[1, 2, 3, 4].map((position) => digitField(say('page.recovery.digit', { position }), position))}
<p><button>${say('page.recovery.confirm')}</button></p>
</form>`;
  const { headers } = form;
  return pageReply(context, { title: say('page.recovery.title'), body }, { headers });
}

function digitField(label: string, position: number): Markup {
  const autofocus = position === 1 ? html` autofocus` : undefined;
  return html`<input class="digit" name="number_${position}" inputmode="numeric" pattern="[0-9]" maxlength="1" required autocomplete="off" aria-label="${label}"${autofocus}>`;
}
