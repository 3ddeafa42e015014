import { z } from 'zod';
import { addressOf } from '../accounts/account.ts';
import type { AccountsPlatform } from '../accounts/account-hooks.ts';
import { notFound } from '../errors/service-error.ts';
import { empty, png, redirect, withHeaders } from '../http/reply.ts';
import type { RequestContext } from '../http/request-context.ts';
import { type RawInput, type Route, route } from '../http/route.ts';
import { readCookie, setCookie } from '../pages/cookies.ts';
import { checkForm, type FormPlatform, proveForm } from '../pages/forms.ts';
import { html } from '../pages/html.ts';
import { pageReply } from '../pages/page.ts';
import { formResponses, pageResponses } from '../pages/page-route.ts';
import { refuseClosedPanel } from '../pages/panel-switch.ts';
import { speak } from '../pages/speak.ts';
import { qrMatrix } from '../provisioning/qr/qr-matrix.ts';
import { qrPng } from '../provisioning/qr/qr-png.ts';
import {
  attachAuthToken,
  consumeAuthToken,
  createAuthToken,
  findAuthToken,
} from '../tokens/auth-token.ts';
import { homePath } from './login.routes.ts';
import { type SessionPlatform, signIn } from './session.ts';

type QrLoginPlatform = AccountsPlatform & FormPlatform & SessionPlatform;

const params = z.object({ token: z.string().max(64) });
const perAddress = { limit: 60, windowSeconds: 60, by: 'ip' } as const;
/** The token for which a browser waits. */
const waitingCookie = 'dialtone_waiting';
const reloadSeconds = 5;
const imagePixels = 320;

/**
 * One device signs another one in by a QR code (provisioning-client.md §3.9). What changes something is
 * behind a button: a camera app that opens the link ahead of its user changes nothing.
 */
export function qrcodeLoginRoutes(platform: QrLoginPlatform): readonly Route[] {
  const authorizeForm = (context: RequestContext, raw: RawInput): void => {
    refuseClosedPanel(context);
    checkForm(platform, context, raw);
  };
  const shown = { tag: 'Pages', responses: pageResponses } as const;
  const sent = { tag: 'Pages', responses: formResponses } as const;
  return [
    route({
      ...shown,
      method: 'GET',
      path: '/authenticate/qrcode',
      audience: 'public',
      summary: 'Start a sign-in by another device',
      rateLimit: { name: 'qrcode-login', ...perAddress },
      authorize: refuseClosedPanel,
      handler: async (context) => {
        const { ip, userAgent } = context;
        const { token } = await createAuthToken(platform, { ip, userAgent });
        const page = redirect(`/authenticate/qrcode/${token}`);
        return withHeaders(page, setCookie(context, waitingCookie, token));
      },
      head: () => redirect('/authenticate/qrcode'),
    }),
    route({
      ...shown,
      method: 'GET',
      path: '/authenticate/qrcode/:token',
      audience: 'public',
      summary: 'Page that waits for a sign-in by another device',
      params,
      rateLimit: { name: 'qrcode-wait', ...perAddress },
      authorize: refuseClosedPanel,
      handler: async (context, { params: { token } }) => {
        const row = await findAuthToken(platform, token);
        // Whoever sees the code knows the token: only the browser that shows it may wait for it.
        if (row === undefined || readCookie(context, waitingCookie) !== token) {
          return redirect('/authenticate/qrcode');
        }
        if (row.account_id !== null) return redeem(platform, context, token);
        const say = speak(context.locale);
        const body = html`<p>${say('page.qrcode_login.scan')}</p>
<p><img class="code" src="/auth_tokens/qrcode/${token}" alt="" width="${imagePixels}" height="${imagePixels}"></p>
<p><a href="/login">${say('page.back')}</a></p>`;
        const title = say('page.qrcode_login.title');
        return pageReply(context, { title, body, refreshSeconds: reloadSeconds });
      },
      head: () => empty(),
    }),
    route({
      method: 'GET',
      path: '/auth_tokens/qrcode/:token',
      audience: 'public',
      summary: 'QR code of a sign-in token',
      tag: 'Pages',
      params,
      responses: { 200: { description: 'The code', contentType: 'image/png' } },
      authorize: refuseClosedPanel,
      handler: async ({ origin }, { params: { token } }) => {
        const row = await findAuthToken(platform, token);
        if (row === undefined) throw notFound('token.not_found');
        const path = row.account_id === null ? '/auth_tokens/auth/external' : '/auth_tokens/auth';
        return png(qrPng(qrMatrix(`${origin}${path}/${token}`, 'high'), imagePixels));
      },
    }),
    route({
      ...shown,
      method: 'GET',
      path: '/auth_tokens/auth/external/:token',
      audience: 'session',
      summary: 'Page that asks whether to sign another device in as me',
      params,
      handler: (context) => {
        const say = speak(context.locale);
        const { field, headers } = proveForm(platform, context);
        const body = html`<p>${say('page.attach.question', { sip: addressOf(context.caller) })}</p>
<form method="post">${field}<button>${say('page.attach.button')}</button></form>`;
        return pageReply(context, { title: say('page.attach.title'), body }, { headers });
      },
    }),
    route({
      ...sent,
      method: 'POST',
      path: '/auth_tokens/auth/external/:token',
      audience: 'session',
      summary: 'Sign another device in as me',
      params,
      authorize: (context, raw) => checkForm(platform, context, raw),
      handler: async (context, { params: { token } }) => {
        await attachAuthToken(platform, token, context.caller.accountId);
        const say = speak(context.locale);
        const body = html`<p>${say('page.attach.done')}</p>`;
        return pageReply(context, { title: say('page.attach.title'), body });
      },
    }),
    route({
      ...sent,
      method: 'POST',
      path: '/auth_tokens',
      audience: 'session',
      summary: 'QR code that signs another device in as me',
      rateLimit: { name: 'own-auth-token', limit: 30, windowSeconds: 600, by: 'account' },
      authorize: (context, raw) => checkForm(platform, context, raw),
      handler: async (context) => {
        const { ip, userAgent, caller } = context;
        const { token } = await createAuthToken(platform, { ip, userAgent }, caller.accountId);
        const say = speak(context.locale);
        const body = html`<p>${say('page.other_device.scan')}</p>
<p><img class="code" src="/auth_tokens/qrcode/${token}" alt="" width="${imagePixels}" height="${imagePixels}"></p>
<p><a href="${homePath}">${say('page.back')}</a></p>`;
        return pageReply(context, { title: say('page.attach.title'), body });
      },
    }),
    route({
      ...shown,
      method: 'GET',
      path: '/auth_tokens/auth/:token',
      audience: 'public',
      summary: 'Page that asks whether to sign this browser in',
      params,
      authorize: refuseClosedPanel,
      handler: (context) => {
        const say = speak(context.locale);
        const { field, headers } = proveForm(platform, context);
        const body = html`<p>${say('page.token_login.question')}</p>
<form method="post">${field}<button>${say('page.login.button')}</button></form>`;
        return pageReply(context, { title: say('page.token_login.title'), body }, { headers });
      },
    }),
    route({
      ...sent,
      method: 'POST',
      path: '/auth_tokens/auth/:token',
      audience: 'public',
      summary: 'Sign this browser in by a token of another device',
      params,
      rateLimit: { name: 'token-login', ...perAddress },
      authorize: authorizeForm,
      handler: (context, { params: { token } }) => redeem(platform, context, token),
    }),
  ];
}

async function redeem(platform: QrLoginPlatform, context: RequestContext, token: string) {
  const account = await consumeAuthToken(platform, context.space, token);
  if (account === undefined || account.blocked) throw notFound('token.not_found');
  return withHeaders(redirect(homePath), await signIn(platform, context, account, 'token'));
}
