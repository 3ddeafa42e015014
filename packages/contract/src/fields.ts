import { z } from 'zod';

/** A text, with one that the documents show for it. */
export function textLike(example: string) {
  return z.string().meta({ examples: [example] });
}

/** A date in JSON: UTC, `YYYY-MM-DDTHH:MM:SS.ffffffZ` (flexiapi-core.md §1.7). */
export const jsonDateSchema = z
  .string()
  .meta({ format: 'date-time', examples: ['2026-11-20T16:12:55.000000Z'] });

/** An instant (milliseconds since the Unix epoch) as a date in JSON, cut to the second. */
export function jsonDate(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}.000000Z`;
}

/** The same for an instant that may be missing. */
export function jsonDateOrNull(ms: number | undefined): string | null {
  return ms === undefined ? null : jsonDate(ms);
}

/** What a form or JSON body may send for a boolean: `true`, `false`, `1`, `0`, `"1"`, `"0"`. */
export const formBooleanSchema = z
  .union([z.boolean(), z.literal([0, 1, '0', '1'])])
  .transform((value) => value === true || value === 1 || value === '1');

/** What a form or JSON body may send for an integer of 32 bits: a number or its decimal text. */
export const formIntegerSchema = z
  .union([z.int(), z.string().regex(/^-?\d{1,15}$/u, 'validation.number')])
  .transform(Number)
  .pipe(z.int32())
  .meta({ type: 'integer', examples: [10] });

/**
 * Any reasonable date (`2030-01-02`, `2030-01-02 03:04:05`, ISO 8601) as midnight UTC of its day, in
 * milliseconds since the Unix epoch.
 */
export const dayInputSchema = z
  .string()
  .transform((text, context) => {
    const day = /^\d{4}-\d{2}-\d{2}(?=$|[T ])/u.exec(text)?.[0];
    const ms = day === undefined ? Number.NaN : Date.parse(`${day}T00:00:00Z`);
    // Date.parse lets 31 February roll over on some engines.
    if (!Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day ?? '')) return ms;
    context.addIssue({ code: 'custom', message: 'validation.date' });
    return z.NEVER;
  })
  .meta({ format: 'date', examples: ['2030-01-02'] });

/**
 * A host name: 4 to 253 characters, lower-case labels of letters, digits and inner hyphens, a last
 * label of 2 to 63 letters (flexiapi-core.md §9.1).
 */
export const domainNameSchema = z
  .string()
  .regex(
    /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/u,
    'validation.domain',
  )
  .meta({ examples: ['sip.example.org'] });

/** Digest algorithms of stored passwords. */
export const passwordAlgorithms = ['MD5', 'SHA-256'] as const;
/** The digest algorithm of a stored password. */
export type PasswordAlgorithm = (typeof passwordAlgorithms)[number];
/** Reads a `PasswordAlgorithm`. */
export const passwordAlgorithmSchema = z.enum(passwordAlgorithms);

/** Words separated by single commas, without spaces: names of vCard fields. */
export const commaListSchema = z
  .string()
  .regex(/^[^\s,]+(?:,[^\s,]+)*$/u, 'validation.comma_list')
  .meta({ examples: ['FN,ORG'] });

/** The text that clients send as a number of four digits. */
export const fourDigitCodeSchema = z
  .union([z.string(), z.int()])
  .transform(String)
  .pipe(z.string().regex(/^\d{4}$/u, 'validation.four_digits'))
  .meta({ examples: ['1234'] });

/** A numeric id in a path; anything else names nothing. */
export const idParamSchema = z
  .string()
  .regex(/^\d{1,10}$/u)
  .transform(Number)
  .pipe(z.int32())
  .meta({ type: 'integer', examples: [7] });
