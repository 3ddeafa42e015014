import { z } from 'zod';
import { jsonDateSchema, textLike } from './fields.ts';

/** Push providers of devices. */
export const pushProviders = ['apns.dev', 'apns', 'fcm'] as const;
/** One of `pushProviders`. */
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
    .regex(/^[A-Za-z0-9_.]+$/u)
    .meta({ examples: ['org.linphone.phone'] }),
  pn_prid: z
    .string()
    .max(255)
    .regex(/^[A-Za-z0-9_\-:]+$/u)
    .meta({ examples: ['dQw4w9WgXcQ:APA91b'] }),
});

/** Right to ask for a creation token, once a human has confirmed it on `validation_url`. */
export const accountCreationRequestTokenSchema = z.object({
  token: textLike('WgA3nbK9sLrTe'),
  validation_url: textLike('https://sip.example.org/creation_token/check/WgA3nbK9sLrTe').nullable(),
});

/** Right to create one account. */
export const accountCreationTokenSchema = z.object({
  token: textLike('WgA3nbK9sLrTe'),
  ip: textLike('192.0.2.7').nullable(),
  user_agent: textLike('Linphone-Android/6.0').nullable(),
  expire_at: jsonDateSchema.nullable(),
});

/** A creation token that was spent to validate an account. */
export const consumedAccountCreationTokenSchema = z.object({
  token: textLike('WgA3nbK9sLrTe'),
  pn_provider: textLike('fcm').nullable(),
  pn_param: textLike('org.linphone.phone').nullable(),
  pn_prid: textLike('dQw4w9WgXcQ:APA91b').nullable(),
  used: z.boolean(),
  account_id: z.int().nullable(),
  ip: textLike('192.0.2.7').nullable(),
  user_agent: textLike('Linphone-Android/6.0').nullable(),
  expire_at: jsonDateSchema.nullable(),
});

/** A login token: attached by a signed-in device, redeemed by another one. */
export const authTokenSchema = z.object({
  token: textLike('WgA3nbK9sLrTe'),
  ip: textLike('192.0.2.7').nullable(),
  user_agent: textLike('Linphone-Android/6.0').nullable(),
  updated_at: jsonDateSchema,
  created_at: jsonDateSchema,
  id: z.int(),
});

/** Body of `POST /api/account_creation_tokens/using-account-creation-request-token`. */
export const useRequestTokenBodySchema = z.object({
  account_creation_request_token: textLike('WgA3nbK9sLrTe'),
});

/** Body of `POST /api/account_creation_tokens/consume`. */
export const consumeCreationTokenBodySchema = z.object({
  account_creation_token: textLike('WgA3nbK9sLrTe').nullish(),
});

/** Answer of `GET /api/accounts/me/api_key/{auth_token}`. */
export const apiKeySchema = z.object({
  api_key: textLike('4Vn1dJr8pXqTzKm2bYw6sLgHc0RfUaEo3iNt5vCx'),
});
