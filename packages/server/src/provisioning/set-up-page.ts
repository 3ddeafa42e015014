import type { Reply } from '../http/reply.ts';
import type { RequestContext } from '../http/request-context.ts';
import { html, Markup } from '../pages/html.ts';
import { pageReply } from '../pages/page.ts';
import { speak } from '../pages/speak.ts';
import { qrMatrix } from './qr/qr-matrix.ts';
import { qrSvg } from './qr/qr-svg.ts';

const qrPixels = 300;

/** Hands a provisioning URL to Linphone on this device, by a button, or on another one, by its QR code. */
export function setUpPage(context: RequestContext, url: string, status = 200): Reply {
  const say = speak(context.locale);
  const body = html`<p><a class="button" href="linphone-config:${url}">${say('page.wizard.open')}</a></p>
<p>${say('page.provision.scan')}</p>
<div class="code">${new Markup(qrSvg(qrMatrix(url, 'high'), qrPixels))}</div>`;
  return pageReply(context, { title: say('page.provision.title'), body }, { status });
}
