/** The languages every text exists in; the first is the default. */
export const locales = ['en', 'fr'] as const;

export type Locale = (typeof locales)[number];

/**
 * Chooses the language of an answer from an `Accept-Language` header (RFC 9110 §12.5.4):
 * the listed language with the highest quality that we speak, English when there is none.
 */
export function negotiateLocale(acceptLanguage: string | undefined): Locale {
  if (acceptLanguage === undefined) return 'en';
  let best: Locale = 'en';
  let bestQuality = 0;
  for (const item of acceptLanguage.split(',', 32)) {
    const [range = '', ...parameters] = item.split(';');
    const language = range.trim().toLowerCase().split('-', 1)[0];
    const locale = locales.find((candidate) => candidate === language);
    if (locale === undefined) continue;
    const quality = qualityOf(parameters);
    if (quality > bestQuality) {
      best = locale;
      bestQuality = quality;
    }
  }
  return best;
}

function qualityOf(parameters: readonly string[]): number {
  const parameter = parameters.find((candidate) => candidate.trim().startsWith('q='));
  if (parameter === undefined) return 1;
  const value = Number(parameter.trim().slice(2));
  return Number.isFinite(value) ? Math.min(Math.max(value, 0), 1) : 0;
}
