import { z } from 'zod';

/** A field of a form that may be missing: pages say themselves what they miss. */
export const inputText = z
  .string()
  .nullish()
  .catch(undefined)
  .transform((text) => text ?? undefined)
  .meta({ examples: ['text'] });

/** What routes that show pages answer. */
export const pageResponses = {
  200: { description: 'A page', contentType: 'text/html' },
  302: { description: 'Another page comes next' },
} as const;

/** What routes that take forms answer besides. */
export const formResponses = {
  ...pageResponses,
  419: { description: 'The form has expired or is not this browser’s', contentType: 'text/html' },
} as const;
