import { attributeName, type Locale, translate } from '@dialtone/phrases';
import type { FieldFault, FieldFaults } from './service-error.ts';

/** The faults of each field as sentences. */
export function fieldTexts(fields: FieldFaults, locale: Locale): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(fields).map(([field, faults]) => [
      field,
      [faults].flat().map((fault: FieldFault) => faultText(fault, field, locale)),
    ]),
  );
}

function faultText(fault: FieldFault, field: string, locale: Locale): string {
  if (typeof fault === 'object' && 'text' in fault) return fault.text;
  const { key, params = {} } = typeof fault === 'string' ? { key: fault } : fault;
  return translate(locale, key, { attribute: attributeName(locale, field), ...params });
}
