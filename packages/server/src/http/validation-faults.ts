import { isPhraseKey, type PhraseKey, type PhraseParams } from '@dialtone/phrases';
import type { z } from 'zod';
import type { FieldFault, FieldFaults } from '../errors/service-error.ts';

type Issue = z.core.$ZodIssue;

/**
 * The refused fields of a schema, in its order. A field that is missing has that one fault; others
 * have all that apply (reference §1.5). A check of our own names its phrase as message:
 * `z.string().refine(isHost, 'validation.domain')`.
 */
export function faultsOf(error: z.ZodError, input: unknown): FieldFaults {
  const faults: Record<string, FieldFault[]> = {};
  for (const issue of error.issues) {
    const field = issue.path.join('.');
    const known = (faults[field] ??= []);
    const fault = faultOf(issue, valueAt(input, issue.path));
    if (!known.some((other) => JSON.stringify(other) === JSON.stringify(fault))) known.push(fault);
  }
  return faults;
}

function faultOf(issue: Issue, value: unknown): FieldFault {
  if (isPhraseKey(issue.message)) return phrase(issue.message, customParams(issue));
  if ((value ?? undefined) === undefined && issue.code !== 'custom') {
    return expectsNothing(issue) ? 'validation.absent' : 'validation.required';
  }
  switch (issue.code) {
    case 'invalid_type':
      return typeFaults[issue.expected] ?? 'validation.invalid';
    case 'too_small':
      return sizeFault('min', issue.origin, Number(issue.minimum));
    case 'too_big':
      return sizeFault('max', issue.origin, Number(issue.maximum));
    case 'invalid_format':
      return formatFaults[issue.format] ?? 'validation.regex';
    case 'invalid_value':
      return phrase('validation.accepted_values', { values: issue.values.map(String).join(', ') });
    case 'invalid_union':
      return unionFault(issue);
    case 'custom':
      return { text: issue.message };
    default:
      return 'validation.invalid';
  }
}

const typeFaults: Partial<Record<string, PhraseKey>> = {
  string: 'validation.string',
  number: 'validation.number',
  int: 'validation.number',
  boolean: 'validation.boolean',
  array: 'validation.array',
  object: 'validation.object',
  record: 'validation.object',
  date: 'validation.date',
  null: 'validation.absent',
  undefined: 'validation.absent',
  never: 'validation.absent',
};

const formatFaults: Partial<Record<string, PhraseKey>> = {
  email: 'validation.email',
  url: 'validation.url',
  datetime: 'validation.date',
  date: 'validation.date',
  lowercase: 'validation.lowercase',
};

function expectsNothing(issue: Issue): boolean {
  return issue.code === 'invalid_type' && typeFaults[issue.expected] === 'validation.absent';
}

function sizeFault(bound: 'min' | 'max', origin: string, limit: number): FieldFault {
  if (bound === 'min' && origin === 'string' && limit === 1) return 'validation.required';
  const kind = origin === 'string' ? 'string' : collections.has(origin) ? 'items' : 'number';
  return phrase(`validation.${bound}_${kind}`, { [bound]: limit });
}

const collections: ReadonlySet<string> = new Set(['array', 'set', 'map', 'object', 'file']);

/** What was meant by a choice of types that the schema has no phrase for. */
function unionFault(issue: Extract<Issue, { code: 'invalid_union' }>): FieldFault {
  const expected = issue.errors.flat().map((branch) => {
    return branch.code === 'invalid_type' ? branch.expected : branch.code;
  });
  if (expected.includes('boolean')) return 'validation.boolean';
  if (expected.includes('number') || expected.includes('int')) return 'validation.number';
  return 'validation.invalid';
}

function customParams(issue: Issue): PhraseParams {
  const params: unknown = issue.code === 'custom' ? issue.params : undefined;
  if (typeof params !== 'object' || params === null) return {};
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]));
}

function phrase(key: PhraseKey, params: PhraseParams): FieldFault {
  return Object.keys(params).length === 0 ? key : { key, params };
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined,
    input,
  );
}
