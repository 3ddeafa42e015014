import { z } from 'zod';
import { textLike } from './fields.ts';

const message = textLike('Not found.').describe('For people, in the language of the request');

/** JSON body of every refusal but one of fields (flexiapi-core.md §1.5). */
export const errorBodySchema = z
  .object({
    message,
    code: textLike('resource.not_found').describe('For programs: never changes its meaning'),
  })
  .meta({ id: 'Error' });

/** JSON body of a refusal of fields, status 422. */
export const validationErrorBodySchema = z
  .object({
    message: textLike('The username field is required.').describe(
      'The first text, with the number of the others',
    ),
    code: z.literal('validation.failed'),
    errors: z
      .record(z.string(), z.array(z.string()))
      .describe('Texts by field')
      .meta({ examples: [{ username: ['The username field is required.'] }] }),
  })
  .meta({ id: 'ValidationError' });
