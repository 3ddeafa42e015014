import type { Locale } from '@dialtone/phrases';
import type { RequestFacts } from '../http/request-context.ts';
import type { RawInput } from '../http/route.ts';
import type { Markup } from '../pages/html.ts';
import type { Page } from '../pages/page.ts';
import type { Platform } from '../platform.ts';
import type { RateLimiter } from '../rate-limit/rate-limiter.ts';
import type { Seal } from '../sealing/seal.ts';
import { hCaptcha } from './hcaptcha.ts';
import { proofOfWork } from './proof-of-work.ts';

/** What a captcha adds to the page of a form. */
export interface CaptchaParts extends Pick<Page, 'script' | 'foreignOrigins'> {
  /** Stands inside the form. */
  readonly fields: Markup;
}

/** Tells humans from robots in front of what costs money or could be done a million times. */
export interface Captcha {
  /** @param subject what the proof is for; one made for something else is refused */
  present(locale: Locale, subject: string): CaptchaParts;
  /** Whether the fields of a sent form prove a human; each proof counts once. */
  accept(subject: string, raw: RawInput, caller: Pick<RequestFacts, 'ip'>): Promise<boolean>;
}

export type CaptchaPlatform = Pick<Platform, 'clock' | 'random' | 'config' | 'log'> & {
  readonly seal: Seal;
};

/** hCaptcha when it is configured, else our own, which asks nobody. */
export function createCaptcha(platform: CaptchaPlatform, limiter: RateLimiter): Captcha {
  const { hcaptcha } = platform.config.captcha;
  return hcaptcha === undefined ? proofOfWork(platform, limiter) : hCaptcha(platform.log, hcaptcha);
}
