import { z } from 'zod';

/** A country whose phone numbers may be accepted. */
export const phoneCountrySchema = z.object({
  /** ISO 3166-1 alpha-2. */
  code: z.string(),
  /** Calling code without `+`. */
  country_code: z.string(),
  activated: z.boolean(),
});
