import { flag, group, integer, optionalText, secret, text } from '../setting.ts';

export const captchaSettings = group(
  'Captcha',
  {
    HCAPTCHA_SECRET: secret(
      'hCaptcha secret; with the site key, hCaptcha replaces our own captcha.',
    ),
    HCAPTCHA_SITEKEY: optionalText('hCaptcha site key.'),
    HCAPTCHA_ENABLED: flag('Off switch of hCaptcha.', true),
    DIALTONE_HCAPTCHA_VERIFY_URL: text(
      'Where answers are verified, for services that speak as hCaptcha does.',
      'https://api.hcaptcha.com/siteverify',
    ),
    DIALTONE_CAPTCHA_BITS: integer(
      'Work that our own captcha gives a browser; each more doubles it, 13 takes about a second.',
      13,
      { max: 24 },
    ),
  },
  (v) => ({
    hcaptcha:
      v.HCAPTCHA_ENABLED && v.HCAPTCHA_SECRET !== undefined && v.HCAPTCHA_SITEKEY !== undefined
        ? {
            secret: v.HCAPTCHA_SECRET,
            siteKey: v.HCAPTCHA_SITEKEY,
            verifyUrl: v.DIALTONE_HCAPTCHA_VERIFY_URL,
          }
        : undefined,
    bits: v.DIALTONE_CAPTCHA_BITS,
  }),
);
