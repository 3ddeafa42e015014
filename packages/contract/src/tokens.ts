import { z } from 'zod';
import { jsonDateSchema } from './fields.ts';

/** Push providers of devices. */
export const pushProviders = ['apns.dev', 'apns', 'fcm'] as const;
export type PushProvider = (typeof pushProviders)[number];

/**
 * Body of the `send-by-push` endpoints: where the token is to be pushed (flexiapi-core.md §5.2).
 * FAM's rules let the last two be null and then failed: without them nothing can be pushed.
 */
export const pushTargetBodySchema = z.object({
  pn_provider: z.enum(pushProviders),
  pn_param: z
    .string()
    .max(255)
    .regex(/^[A-Za-z0-9_.]+$/u),
  pn_prid: z
    .string()
    .max(255)
    .regex(/^[A-Za-z0-9_\-:]+$/u),
});

/** Right to ask for a creation token, once a human has confirmed it on `validation_url`. */
export const accountCreationRequestTokenSchema = z.object({
  token: z.string(),
  validation_url: z.string().nullable(),
});

/** Right to create one account. */
export const accountCreationTokenSchema = z.object({
  token: z.string(),
  ip: z.string().nullable(),
  user_agent: z.string().nullable(),
  expire_at: jsonDateSchema.nullable(),
});

/** A creation token that was spent to validate an account. */
export const consumedAccountCreationTokenSchema = z.object({
  token: z.string(),
  pn_provider: z.string().nullable(),
  pn_param: z.string().nullable(),
  pn_prid: z.string().nullable(),
  used: z.boolean(),
  account_id: z.int().nullable(),
  ip: z.string().nullable(),
  user_agent: z.string().nullable(),
  expire_at: jsonDateSchema.nullable(),
});

/** A login token: attached by a signed-in device, redeemed by another one. */
export const authTokenSchema = z.object({
  token: z.string(),
  ip: z.string().nullable(),
  user_agent: z.string().nullable(),
  updated_at: jsonDateSchema,
  created_at: jsonDateSchema,
  id: z.int(),
});

/** Body of `POST /api/account_creation_tokens/using-account-creation-request-token`. */
export const useRequestTokenBodySchema = z.object({ account_creation_request_token: z.string() });

/** Body of `POST /api/account_creation_tokens/consume`. */
export const consumeCreationTokenBodySchema = z.object({
  account_creation_token: z.string().nullish(),
});
