import { type Locale, translate } from '@dialtone/phrases';

/** How long a code or link lives, as a sentence; empty when it lives for ever (0 minutes). */
export function validityText(locale: Locale, minutes: number): string {
  if (minutes <= 0) return '';
  const hours = minutes / 60;
  return Number.isInteger(hours) && hours > 1
    ? translate(locale, 'mail.validity_hours', { hours })
    : translate(locale, 'mail.validity_minutes', { minutes });
}
