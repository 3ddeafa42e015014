import { catalogue, type PhraseKey } from './catalogue.ts';
import type { Locale } from './locale.ts';

/** Values for the `{name}` places of a phrase. */
export type PhraseParams = Readonly<Record<string, string | number>>;

/** The text of `key` in `locale`, its `{name}` places filled from `params`; unknown places stay as they are. */
export function translate(locale: Locale, key: PhraseKey, params: PhraseParams = {}): string {
  return catalogue[locale][key].replace(/\{(\w+)\}/g, (place, name: string) =>
    String(params[name] ?? place),
  );
}

/** Whether `key` names a phrase. */
export function isPhraseKey(key: string): key is PhraseKey {
  return Object.hasOwn(catalogue.en, key);
}

/** The name of an input field in a sentence (`username` is "pseudo" in French); the field itself, spaced, when it has no phrase. */
export function attributeName(locale: Locale, field: string): string {
  const key = `attribute.${field}`;
  return isPhraseKey(key) ? translate(locale, key) : field.replaceAll('_', ' ');
}
