import { z } from 'zod';
import type { Config } from '../config/env.ts';
import type { Logger } from '../log/logger.ts';
import { html } from '../pages/html.ts';
import type { Captcha } from './captcha.ts';

const scriptOrigin = 'https://js.hcaptcha.com';
const origins = [scriptOrigin, 'https://*.hcaptcha.com'];
const responseField = 'h-captcha-response';
const timeoutMs = 10_000;

const verdict = z.object({ success: z.boolean() });

type Settings = NonNullable<Config['captcha']['hcaptcha']>;

/** hCaptcha (docs.hcaptcha.com): its widget in the page, its server asked about the answer. */
export function hCaptcha(log: Logger, { siteKey, secret, verifyUrl }: Settings): Captcha {
  return {
    present: () => ({
      fields: html`<div class="h-captcha" data-sitekey="${siteKey}"></div>
<script src="${scriptOrigin}/1/api.js" async defer></script>`,
      foreignOrigins: origins,
    }),
    accept: async (_subject, raw, { ip }) => {
      const response = raw[responseField];
      if (typeof response !== 'string') return false;
      const body = new URLSearchParams({ secret, sitekey: siteKey, response, remoteip: ip });
      try {
        const signal = AbortSignal.timeout(timeoutMs);
        const reply = await fetch(verifyUrl, { method: 'POST', body, signal });
        return verdict.parse(await reply.json()).success;
      } catch (error) {
        log.error({ err: error }, 'hCaptcha could not be asked');
        return false;
      }
    },
  };
}
