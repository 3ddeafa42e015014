import { z } from 'zod';
import type { AccountsPlatform } from '../accounts/account-hooks.ts';
import type { Captcha } from '../captcha/captcha.ts';
import { notFound, pageExpired } from '../errors/service-error.ts';
import { redirect, type Reply, withHeaders } from '../http/reply.ts';
import type { RequestContext } from '../http/request-context.ts';
import { type RawInput, type Route, route } from '../http/route.ts';
import { checkForm, type FormPlatform, proveForm } from '../pages/forms.ts';
import { redirectWithError } from '../pages/notice.ts';
import { formResponses, inputText, pageResponses } from '../pages/page-route.ts';
import { refuseClosedPanel } from '../pages/panel-switch.ts';
import type { RateLimiter } from '../rate-limit/rate-limiter.ts';
import { refuseBesideProvider } from '../sign-in/beside-provider.ts';
import { type SessionPlatform, signIn } from '../sign-in/session.ts';
import { findAccountRecoveryToken } from '../tokens/account-recovery-token.ts';
import { countDecoyAttempt, decoyOf } from './decoy-attempts.ts';
import {
  findByEmail,
  sendPhoneRecoveryCode,
  sendRecoveryCode,
  tryRecoveryCode,
} from './recovery.service.ts';
import { codePage, emailPage, phonePage } from './recovery-pages.ts';
import {
  openTicket,
  type RecoveryMethod,
  type RecoveryTicket,
  sealTicket,
} from './recovery-ticket.ts';

type RecoveryPlatform = AccountsPlatform & FormPlatform & SessionPlatform;

const captchaSubject = 'recovery';
const pages = { audience: 'public', tag: 'Pages' } as const;

/** How somebody without a password gets back to an account (flexiapi-core.md §5.6). */
export function recoveryRoutes(
  platform: RecoveryPlatform,
  captcha: Captcha,
  limiter: RateLimiter,
): readonly Route[] {
  const authorizeForm = (context: RequestContext, raw: RawInput): void => {
    authorize(context);
    checkForm(platform, context, raw);
  };
  return [
    route({
      ...pages,
      method: 'GET',
      path: '/recovery/phone/:account_recovery_token',
      summary: 'Page that asks for the phone number of an account',
      params: z.object({ account_recovery_token: z.string().max(64) }),
      query: z.looseObject({ phone: inputText, error: inputText }),
      responses: pageResponses,
      authorize,
      handler: async (context, { params: { account_recovery_token: token }, query }) => {
        const found = await findAccountRecoveryToken(platform, token);
        if (found === undefined) throw notFound('token.not_found');
        if (found.expired) throw pageExpired('recovery.expired');
        const form = proveForm(platform, context);
        return phonePage(context, { form, error: query.error, token, phone: query.phone ?? '' });
      },
    }),
    route({
      ...pages,
      method: 'GET',
      path: '/recovery/email',
      summary: 'Page that asks for the email address of an account',
      query: z.looseObject({ error: inputText }),
      responses: pageResponses,
      authorize,
      handler: (context, { query }) =>
        emailPage(context, {
          form: proveForm(platform, context),
          error: query.error,
          captcha: captcha.present(context.locale, captchaSubject),
        }),
    }),
    route({
      ...pages,
      method: 'POST',
      path: '/recovery',
      summary: 'Send a recovery code by SMS or email',
      body: z.looseObject({
        phone: inputText,
        account_recovery_token: inputText,
        email: inputText,
        username: inputText,
      }),
      responses: formResponses,
      rateLimit: { name: 'recovery', limit: 10, windowSeconds: 600, by: 'ip' },
      authorize: authorizeForm,
      handler: async (context, { body }) => {
        const { phone, account_recovery_token: token, email, username } = body;
        if (phone !== undefined) return recoverByPhone(platform, context, token ?? '', phone);
        if (!(await captcha.accept(captchaSubject, body, context))) {
          return redirectWithError('/recovery/email', 'captcha');
        }
        return recoverByEmail(platform, context, email ?? '', username);
      },
    }),
    route({
      ...pages,
      method: 'POST',
      path: '/recovery/confirm',
      summary: 'Sign in by a recovery code',
      body: z.looseObject({
        account_id: inputText,
        method: z.enum(['phone', 'email']).catch('email'),
        number_1: inputText,
        number_2: inputText,
        number_3: inputText,
        number_4: inputText,
      }),
      responses: formResponses,
      rateLimit: { name: 'recovery-code', limit: 30, windowSeconds: 600, by: 'ip' },
      authorize: authorizeForm,
      handler: async (context, { body }) => {
        const ticket = openTicket(platform.seal, body.account_id, platform.clock.now());
        if (ticket === undefined) throw pageExpired();
        const code = [body.number_1, body.number_2, body.number_3, body.number_4].join('');
        return confirm(platform, limiter, context, ticket, body.method, code);
      },
    }),
  ];
}

function authorize(context: RequestContext): void {
  refuseClosedPanel(context);
  refuseBesideProvider(context);
}

async function recoverByPhone(
  platform: RecoveryPlatform,
  context: RequestContext,
  token: string,
  phone: string,
): Promise<Reply> {
  const outcome = await sendPhoneRecoveryCode(platform, withOrigin(context), token, phone);
  const back = `/recovery/phone/${encodeURIComponent(token)}?phone=${encodeURIComponent(phone)}`;
  if (outcome === undefined) return redirectWithError(back, 'identifier');
  if (!outcome.sent) return redirectWithError(back, 'code');
  return askForCode(platform, context, 'phone', { accountId: outcome.account.id });
}

/** Whether there is such an account, and whether it has a code already, the page is the same. */
async function recoverByEmail(
  platform: RecoveryPlatform,
  context: RequestContext,
  email: string,
  username: string | undefined,
): Promise<Reply> {
  const owner = await findByEmail(platform, context.space, email, username);
  if (owner === undefined) {
    return askForCode(platform, context, 'email', {
      decoy: decoyOf(context.space, email, username),
    });
  }
  const { account, email: address } = owner;
  await sendRecoveryCode(platform, withOrigin(context), account, { email: address });
  return askForCode(platform, context, 'email', { accountId: account.id });
}

async function confirm(
  platform: RecoveryPlatform,
  limiter: RateLimiter,
  context: RequestContext,
  ticket: RecoveryTicket,
  method: RecoveryMethod,
  code: string,
): Promise<Reply> {
  if ('decoy' in ticket) {
    const attemptsLeft = await countDecoyAttempt(limiter, ticket.decoy);
    if (attemptsLeft === undefined) throw pageExpired('recovery.expired');
    return askForCode(platform, context, method, ticket, attemptsLeft);
  }
  const { accountId } = ticket;
  const use = await tryRecoveryCode(platform, accountId, code);
  switch (use.outcome) {
    case 'confirmed':
      return withHeaders(
        redirect('/password'),
        await signIn(platform, context, { id: accountId }, 'recovery'),
      );
    case 'wrong':
      return askForCode(platform, context, method, ticket, use.attemptsLeft ?? 0);
    case 'expired':
    case 'none':
    default:
      throw pageExpired('recovery.expired');
  }
}

function askForCode(
  platform: RecoveryPlatform,
  context: RequestContext,
  method: RecoveryMethod,
  ticket: RecoveryTicket,
  attemptsLeft?: number,
): Reply {
  return codePage(context, {
    form: proveForm(platform, context),
    ticket: sealTicket(platform.seal, ticket, platform.clock.now()),
    method,
    ...(attemptsLeft === undefined ? {} : { attemptsLeft }),
  });
}

function withOrigin({ space, locale, ip, userAgent }: RequestContext) {
  return { space, locale, origin: { ip, userAgent } };
}
