import { badRequest, type FieldFaults, invalid, notFound } from '../errors/service-error.ts';
import type { RawInput } from './route.ts';

/*
 * U+0000 means nothing in any field, and PostgreSQL cannot take it: it is refused at the door, so that
 * no query meets it.
 */

const nul = '\0';

/** @throws ServiceError `validation.failed` with the fields in whose texts or names it stands */
export function refuseNulInFields(fields: RawInput): void {
  const faults = Object.fromEntries(
    nulPaths(fields).map((path) => [path.replaceAll(nul, ''), 'validation.invalid' as const]),
  ) satisfies FieldFaults;
  if (Object.keys(faults).length > 0) throw invalid(faults);
}

/** @throws ServiceError `resource.not_found`: nothing has such a name */
export function refuseNulInParams(params: unknown): void {
  if (nulPaths(params).length > 0) throw notFound('resource.not_found');
}

/** @throws ServiceError `request.malformed` */
export function refuseNulInText(text: string): void {
  if (text.includes(nul)) throw badRequest();
}

/** Where it stands, as the validation names fields: `dictionary.key`. */
function nulPaths(value: unknown, path: readonly string[] = []): string[] {
  if (typeof value === 'string') return value.includes(nul) ? [path.join('.')] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) =>
    name.includes(nul) ? [[...path, name].join('.')] : nulPaths(item, [...path, name]),
  );
}
