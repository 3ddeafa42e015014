import { z } from 'zod';
import {
  formBooleanSchema,
  fourDigitCodeSchema,
  jsonDateSchema,
  passwordAlgorithmSchema,
} from './fields.ts';
import { carddavServerSchema } from './spaces.ts';

/** How an account sends DTMF; `null` when it has none. */
export const dtmfProtocols = ['sipinfo', 'rfc2833', 'sipmessage'] as const;
export type DtmfProtocol = (typeof dtmfProtocols)[number];

/** Free data of an account: text by key. */
export const dictionarySchema = z.record(z.string(), z.string());

const pendingCode = {
  created_at: jsonDateSchema.nullable(),
  updated_at: jsonDateSchema.nullable(),
  ip: z.string().nullable(),
  user_agent: z.string().nullable(),
  /** Four digits; only administrators' show endpoint reveals it. */
  code: z.string().optional(),
};

/** An e-mail address waiting for its confirmation code. */
export const emailChangeCodeSchema = z.object({ email: z.string(), ...pendingCode });

/** A phone number waiting for its confirmation code. */
export const phoneChangeCodeSchema = z.object({ phone: z.string(), ...pendingCode });

/** The public account object, keys in the order in which they are sent (flexiapi-core.md §2.1). */
export const accountSchema = z
  .object({
    id: z.int(),
    username: z.string(),
    domain: z.string(),
    email: z.string().nullable(),
    activated: z.boolean(),
    ip_address: z.string(),
    user_agent: z.string(),
    created_at: jsonDateSchema,
    display_name: z.string().nullable(),
    dtmf_protocol: z.enum(dtmfProtocols).nullable(),
    updated_at: jsonDateSchema.nullable(),
    blocked: z.boolean(),
    admin: z.boolean(),
    phone: z.string().nullable(),
    provisioning_token: z.string().nullable(),
    provisioning_token_expire_at: jsonDateSchema.nullable(),
    dictionary: dictionarySchema,
    sip_uri: z.string(),
    passwords: z.array(z.object({ algorithm: passwordAlgorithmSchema })).optional(),
    email_change_code: emailChangeCodeSchema.nullable(),
    phone_change_code: phoneChangeCodeSchema.nullable().optional(),
    types: z.array(z.object({ id: z.int(), key: z.string() })),
    actions: z.array(z.object({ id: z.int(), key: z.string(), code: z.string() })),
    carddav_servers: z.array(
      carddavServerSchema.extend({
        pivot: z.object({
          account_id: z.int(),
          space_carddav_server_id: z.int(),
          username: z.string(),
          realm: z.string(),
          algorithm: z.string(),
        }),
      }),
    ),
  })
  .meta({ id: 'Account' });
export type AccountJson = z.infer<typeof accountSchema>;

const text = z.string().max(255).nullish();
const accountFields = {
  username: z.string(),
  domain: z.string().nullish(),
  email: z.email().max(64).nullish(),
  display_name: text,
  dtmf_protocol: z.enum(dtmfProtocols).nullish(),
  phone: z.string().max(64).nullish(),
  algorithm: z.string().nullish(),
  activated: formBooleanSchema.nullish(),
  admin: formBooleanSchema.nullish(),
};

/** Shortest password an account may be created with, in characters. */
export const MIN_PASSWORD_LENGTH = 3;

/** What `dictionary` may be in a body: an object of texts, or an empty list for "nothing". */
export const dictionaryInputSchema = z.union([
  z
    .record(z.string().min(1).max(255), z.string().min(1).max(255))
    .refine((dictionary) => areDistinct(Object.keys(dictionary)), 'validation.dictionary'),
  z
    .array(z.never())
    .max(0)
    .transform(() => ({})),
]);

/** Databases hold keys equal that differ in case or accents only. */
function areDistinct(keys: readonly string[]): boolean {
  const folded = keys.map((key) => key.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase());
  return new Set(folded).size === keys.length;
}

/** Body of `POST /api/accounts` (flexiapi-core.md §6.4). */
export const createAccountBodySchema = z.object({
  ...accountFields,
  password: z.string().min(MIN_PASSWORD_LENGTH),
  dictionary: dictionaryInputSchema.nullish(),
});

/** Body of `PUT /api/accounts/{id}` (flexiapi-core.md §6.5): absent nullable texts are cleared. */
export const updateAccountBodySchema = z.object({
  ...accountFields,
  password: z.string().nullish(),
  dictionary: dictionaryInputSchema.nullish(),
  blocked: z.unknown().optional(),
  role: z.enum(['admin', 'end_user']).nullish(),
});

/** Body of `POST /api/accounts/with-account-creation-token` (flexiapi-core.md §6.3). */
export const createAccountWithTokenBodySchema = createAccountBodySchema.extend({
  account_creation_token: z.string(),
  admin: z.null().optional(),
  activated: z.null().optional(),
  algorithm: z.unknown().optional(),
});

/** Body of `POST /api/accounts/me/password` (flexiapi-core.md §6.12). */
export const changePasswordBodySchema = z.object({
  password: z.string().min(1),
  old_password: z.string().nullish(),
  algorithm: z.string().nullish(),
});

/** Body of `POST /api/accounts/me/email/request`. */
export const requestEmailChangeBodySchema = z.object({ email: z.email().max(64) });

/** Body of `POST /api/accounts/me/phone/request`: an international number, `+` first. */
export const requestPhoneChangeBodySchema = z.object({ phone: z.string().max(64) });

/** Body of `POST /api/accounts/me/email` and `…/phone`: the code received. */
export const confirmCodeBodySchema = z.object({ code: fourDigitCodeSchema });

/** Answer of `GET /api/accounts`: a page of twenty (flexiapi-core.md §1.8). */
export const accountsPageSchema = z.object({
  current_page: z.int(),
  data: z.array(accountSchema),
  first_page_url: z.string(),
  from: z.int().nullable(),
  last_page: z.int(),
  last_page_url: z.string(),
  links: z.array(
    z.object({
      url: z.string().nullable(),
      label: z.string(),
      page: z.int().nullable(),
      active: z.boolean(),
    }),
  ),
  next_page_url: z.string().nullable(),
  path: z.string(),
  per_page: z.int(),
  prev_page_url: z.string().nullable(),
  to: z.int().nullable(),
  total: z.int(),
});

/** Answer of `GET /api/accounts/me/services/turn` (flexiapi-core.md §7.5). */
export const turnCredentialsSchema = z.object({
  username: z.string(),
  password: z.string(),
  ttl: z.int(),
  uris: z.array(z.string()),
});
