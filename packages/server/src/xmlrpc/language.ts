import { type Locale, locales } from '@dialtone/phrases';
import type { Call } from './method.ts';

/**
 * The language argument, of which two letters count (`FR`, `fr_CA`); English when we do not speak it,
 * and the language of the request when it is missing.
 */
export function readLanguage({ context }: Call, argument: string | undefined): Locale {
  if (argument === undefined) return context.locale;
  const letters = argument.slice(0, 2).toLowerCase();
  return locales.find((locale) => locale === letters) ?? 'en';
}
