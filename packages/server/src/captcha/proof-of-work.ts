import { translate } from '@dialtone/phrases';
import { networkOf } from '@dialtone/sip';
import { z } from 'zod';
import { html } from '../pages/html.ts';
import { hiddenField } from '../pages/forms.ts';
import type { RateLimiter } from '../rate-limit/rate-limiter.ts';
import type { Captcha, CaptchaPlatform } from './captcha.ts';
import { challengeField, solutionField } from './proof-of-work-fields.ts';
import { isSolved, PUZZLES } from './puzzle.ts';
import { solverScript } from './solver-script.ts';

/** A page may stay open for so long. */
const lifeMs = 3_600_000;
/** Browsers without scripts wait instead of computing; robots can wait too, so few may from one address. */
const waitMs = 30_000;
const waitsPerHour = 5;

const challengeSchema = z.object({
  subject: z.string(),
  salt: z.string(),
  bits: z.int(),
  madeAt: z.number(),
});

/**
 * A captcha that needs no third party, no cookie and no human work: the browser computes for a moment
 * what a robot would have to compute each time. The challenge travels sealed in the form.
 */
export function proofOfWork(platform: CaptchaPlatform, limiter: RateLimiter): Captcha {
  const { clock, random, seal, config } = platform;
  const { bits } = config.captcha;

  const mayWait = async (madeAt: number, ip: string): Promise<boolean> => {
    if (clock.now() < madeAt + waitMs) return false;
    return (await limiter.hit(`captcha-wait:${networkOf(ip)}`, waitsPerHour, 3_600_000)).allowed;
  };

  return {
    present: (locale, subject) => {
      const now = clock.now();
      const challenge = { subject, salt: random.token(16), bits, madeAt: now };
      const seconds = waitMs / 1000;
      return {
        fields: html`${hiddenField(challengeField, seal.seal('captcha', challenge, now + lifeMs))}
<input type="hidden" name="${solutionField}" data-salt="${challenge.salt}" data-bits="${bits}" data-puzzles="${PUZZLES}">
<div hidden data-working><p>${translate(locale, 'page.captcha.working')}</p><progress max="${PUZZLES}" value="0"></progress></div>
<noscript><p>${translate(locale, 'page.captcha.without_script', { seconds })}</p></noscript>`,
        script: solverScript,
      };
    },
    accept: async (subject, raw, { ip }) => {
      const [sealed, solution] = [raw[challengeField], raw[solutionField]];
      if (typeof sealed !== 'string') return false;
      const challenge = seal.open('captcha', challengeSchema, sealed, clock.now());
      if (challenge === undefined || challenge.subject !== subject) return false;
      const proven =
        typeof solution === 'string'
          ? isSolved(challenge.salt, challenge.bits, solution)
          : await mayWait(challenge.madeAt, ip);
      return proven && (await limiter.hit(`captcha:${challenge.salt}`, 1, lifeMs)).allowed;
    },
  };
}
