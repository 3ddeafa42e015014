import { type Locale, type PhraseKey, type PhraseParams, translate } from '@dialtone/phrases';

/** Something to tell about a line of a space's provisioning text. */
export interface EntriesRemark {
  readonly key: Extract<PhraseKey, `entries.${string}`>;
  /** `line` (from 1) among them, where it is about one line. */
  readonly params: PhraseParams;
}

export function remarkText(locale: Locale, { key, params }: EntriesRemark): string {
  return translate(locale, key, params);
}
