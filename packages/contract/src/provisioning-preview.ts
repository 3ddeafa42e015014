import { z } from 'zod';

/** Answer of `GET /api/accounts/{id}/provisioning/preview`; secrets in it are hidden. */
export const provisioningPreviewSchema = z.object({
  /** The document as a phone would get it. */
  xml: z.string(),
  sections: z.array(
    z.object({
      name: z.string(),
      entries: z.array(z.object({ name: z.string(), value: z.string(), overwrite: z.boolean() })),
    }),
  ),
  /** What an administrator should know about it, in the language of the request. */
  notes: z.array(z.object({ code: z.string(), message: z.string() })),
});

/** What a phone would get, in JSON. */
export type ProvisioningPreviewJson = z.output<typeof provisioningPreviewSchema>;
