export { attributeName, isPhraseKey, translate } from './translate.ts';
export { catalogue } from './catalogue.ts';
export { locales, negotiateLocale } from './locale.ts';
export type { PhraseKey, Phrases } from './catalogue.ts';
export type { Locale } from './locale.ts';
export type { PhraseParams } from './translate.ts';
