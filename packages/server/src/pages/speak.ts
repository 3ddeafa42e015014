import { type Locale, type PhraseKey, type PhraseParams, translate } from '@dialtone/phrases';

/** The phrases of one language. */
export function speak(locale: Locale): (key: PhraseKey, params?: PhraseParams) => string {
  return (key, params) => translate(locale, key, params);
}
