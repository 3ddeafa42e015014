import { accountCreator as enAccountCreator } from './en/account-creator.ts';
import { attributes as enAttributes } from './en/attributes.ts';
import { captcha as enCaptcha } from './en/captcha.ts';
import { errors as enErrors } from './en/errors.ts';
import { mail as enMail } from './en/mail.ts';
import { pages as enPages } from './en/pages.ts';
import { provisioning as enProvisioning } from './en/provisioning.ts';
import { recovery as enRecovery } from './en/recovery.ts';
import { signIn as enSignIn } from './en/sign-in.ts';
import { validation as enValidation } from './en/validation.ts';
import { accountCreator as frAccountCreator } from './fr/account-creator.ts';
import { attributes as frAttributes } from './fr/attributes.ts';
import { captcha as frCaptcha } from './fr/captcha.ts';
import { errors as frErrors } from './fr/errors.ts';
import { mail as frMail } from './fr/mail.ts';
import { pages as frPages } from './fr/pages.ts';
import { provisioning as frProvisioning } from './fr/provisioning.ts';
import { recovery as frRecovery } from './fr/recovery.ts';
import { signIn as frSignIn } from './fr/sign-in.ts';
import { validation as frValidation } from './fr/validation.ts';
import type { Locale } from './locale.ts';

const en = {
  ...enErrors,
  ...enValidation,
  ...enAttributes,
  ...enMail,
  ...enPages,
  ...enProvisioning,
  ...enAccountCreator,
  ...enCaptcha,
  ...enRecovery,
  ...enSignIn,
};

/** A key of the English catalogue; every other language must have all of them. */
export type PhraseKey = keyof typeof en;

/** All texts of one language. */
export type Phrases = Readonly<Record<PhraseKey, string>>;

const fr: Phrases = {
  ...frErrors,
  ...frValidation,
  ...frAttributes,
  ...frMail,
  ...frPages,
  ...frProvisioning,
  ...frAccountCreator,
  ...frCaptcha,
  ...frRecovery,
  ...frSignIn,
};

/** Every text, by language. */
export const catalogue: Readonly<Record<Locale, Phrases>> = { en, fr };
