import { z } from 'zod';
import { textLike } from './fields.ts';

/** A country whose phone numbers may be accepted. */
export const phoneCountrySchema = z.object({
  /** ISO 3166-1 alpha-2. */
  code: textLike('FR'),
  /** Calling code without `+`. */
  country_code: textLike('33'),
  activated: z.boolean(),
});
