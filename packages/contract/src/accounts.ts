import { z } from 'zod';
import {
  formBooleanSchema,
  fourDigitCodeSchema,
  jsonDateSchema,
  passwordAlgorithmSchema,
  textLike,
} from './fields.ts';
import { carddavServerSchema } from './spaces.ts';

/** How an account sends DTMF; `null` when it has none. */
export const dtmfProtocols = ['sipinfo', 'rfc2833', 'sipmessage'] as const;
/** How a phone sends the tones of its keys. */
export type DtmfProtocol = (typeof dtmfProtocols)[number];

/** Free data of an account: text by key. */
export const dictionarySchema = z
  .record(z.string(), z.string())
  .meta({ examples: [{ department: 'Sales' }] });

const pendingCode = {
  created_at: jsonDateSchema.nullable(),
  updated_at: jsonDateSchema.nullable(),
  ip: textLike('192.0.2.7').nullable(),
  user_agent: textLike('Linphone-Android/6.0').nullable(),
  /** Four digits; only administrators' show endpoint reveals it. */
  code: textLike('1234').optional(),
};

/** An e-mail address waiting for its confirmation code. */
export const emailChangeCodeSchema = z.object({
  email: textLike('alice@mail.example'),
  ...pendingCode,
});

/** A phone number waiting for its confirmation code. */
export const phoneChangeCodeSchema = z.object({
  phone: textLike('+33612345678'),
  ...pendingCode,
});

/** The public account object, keys in the order in which they are sent (flexiapi-core.md §2.1). */
export const accountSchema = z
  .object({
    id: z.int(),
    username: textLike('alice'),
    domain: textLike('sip.example.org'),
    email: textLike('alice@mail.example').nullable(),
    activated: z.boolean(),
    ip_address: textLike('192.0.2.7'),
    user_agent: textLike('Linphone-Android/6.0'),
    created_at: jsonDateSchema,
    display_name: textLike('Alice Martin').nullable(),
    dtmf_protocol: z.enum(dtmfProtocols).nullable(),
    updated_at: jsonDateSchema.nullable(),
    blocked: z.boolean(),
    admin: z.boolean(),
    phone: textLike('+33612345678').nullable(),
    provisioning_token: textLike('fPzGm3vVqkYx1').nullable(),
    provisioning_token_expire_at: jsonDateSchema.nullable(),
    dictionary: dictionarySchema,
    sip_uri: textLike('sip:alice@sip.example.org'),
    passwords: z.array(z.object({ algorithm: passwordAlgorithmSchema })).optional(),
    email_change_code: emailChangeCodeSchema.nullable(),
    phone_change_code: phoneChangeCodeSchema.nullable().optional(),
    types: z.array(z.object({ id: z.int(), key: textLike('door') })),
    actions: z.array(z.object({ id: z.int(), key: textLike('open'), code: textLike('12') })),
    carddav_servers: z.array(
      carddavServerSchema.extend({
        pivot: z.object({
          account_id: z.int(),
          space_carddav_server_id: z.int(),
          username: textLike('alice'),
          realm: textLike('contacts.example.org'),
          algorithm: textLike('SHA-256'),
        }),
      }),
    ),
  })
  .meta({ id: 'Account' });
/** An account in JSON. */
export type AccountJson = z.infer<typeof accountSchema>;

const text = textLike('Alice Martin').max(255).nullish();
const email = z
  .email()
  .max(64)
  .meta({ examples: ['alice@mail.example'] });
const password = textLike('correct horse battery');
const accountFields = {
  username: textLike('alice'),
  domain: textLike('sip.example.org').nullish(),
  email: email.nullish(),
  display_name: text,
  dtmf_protocol: z.enum(dtmfProtocols).nullish(),
  phone: textLike('+33612345678').max(64).nullish(),
  algorithm: textLike('SHA-256').nullish(),
  activated: formBooleanSchema.nullish(),
  admin: formBooleanSchema.nullish(),
};

/** Shortest password an account may be created with, in characters. */
export const MIN_PASSWORD_LENGTH = 3;

/** What `dictionary` may be in a body: an object of texts of 1 to 255 characters, or an empty list for "nothing". */
export const dictionaryInputSchema = z.union(
  [
    z
      .record(z.string(), z.string())
      .refine(
        (dictionary) => Object.entries(dictionary).flat().every(isStorable),
        'validation.dictionary',
      )
      .refine((dictionary) => areDistinct(Object.keys(dictionary)), 'validation.dictionary')
      .meta({ examples: [{ department: 'Sales' }] }),
    z
      .array(z.never())
      .max(0)
      .transform(() => ({})),
  ],
  'validation.dictionary',
);

function isStorable(text: string): boolean {
  return text.length >= 1 && text.length <= 255;
}

/** Databases hold keys equal that differ in case or accents only. */
function areDistinct(keys: readonly string[]): boolean {
  const folded = keys.map((key) => key.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase());
  return new Set(folded).size === keys.length;
}

/** Body of `POST /api/accounts` (flexiapi-core.md §6.4). */
export const createAccountBodySchema = z
  .object({
    ...accountFields,
    password: password.min(MIN_PASSWORD_LENGTH),
    dictionary: dictionaryInputSchema.nullish(),
  })
  .meta({ id: 'NewAccount' });

/** Body of `PUT /api/accounts/{id}` (flexiapi-core.md §6.5): absent nullable texts are cleared. */
export const updateAccountBodySchema = z
  .object({
    ...accountFields,
    password: password.nullish(),
    dictionary: dictionaryInputSchema.nullish(),
    blocked: z.unknown().optional(),
    role: z.enum(['admin', 'end_user']).nullish(),
  })
  .meta({ id: 'AccountChanges' });

/** Body of `POST /api/accounts/with-account-creation-token` (flexiapi-core.md §6.3). */
export const createAccountWithTokenBodySchema = createAccountBodySchema.extend({
  account_creation_token: textLike('WgA3nbK9sLrTe'),
  admin: z.null().optional(),
  activated: z.null().optional(),
  algorithm: z.unknown().optional(),
});

/** Body of `POST /api/accounts/me/password` (flexiapi-core.md §6.12). */
export const changePasswordBodySchema = z.object({
  password: password.min(1),
  old_password: textLike('secret').nullish(),
  algorithm: textLike('SHA-256').nullish(),
});

/** Body of `POST /api/accounts/me/email/request`. */
export const requestEmailChangeBodySchema = z.object({ email });

/** Body of `POST /api/accounts/me/phone/request`: an international number, `+` first. */
export const requestPhoneChangeBodySchema = z.object({
  phone: textLike('+33612345678').max(64),
});

/** Body of `POST /api/accounts/me/email` and `…/phone`: the code received. */
export const confirmCodeBodySchema = z.object({ code: fourDigitCodeSchema });

const pageUrl = textLike('https://sip.example.org/api/accounts?page=1');

/** Answer of `GET /api/accounts`: a page of twenty (flexiapi-core.md §1.8). */
export const accountsPageSchema = z.object({
  current_page: z.int(),
  data: z.array(accountSchema),
  first_page_url: pageUrl,
  from: z.int().nullable(),
  last_page: z.int(),
  last_page_url: pageUrl,
  links: z.array(
    z.object({
      url: pageUrl.nullable(),
      label: textLike('1'),
      page: z.int().nullable(),
      active: z.boolean(),
    }),
  ),
  next_page_url: pageUrl.nullable(),
  path: textLike('https://sip.example.org/api/accounts'),
  per_page: z.int().meta({ examples: [20] }),
  prev_page_url: pageUrl.nullable(),
  to: z.int().nullable(),
  total: z.int(),
});

/** Answer of `GET /api/accounts/me/services/turn` (flexiapi-core.md §7.5). */
export const turnCredentialsSchema = z.object({
  username: textLike('1767225600:alice'),
  password: textLike('5Zl1fKkWq0nD2uXyq3gR0QJk7rY='),
  ttl: z.int().meta({ examples: [86_400] }),
  uris: z.array(textLike('turn:turn.example.org:3478?transport=udp')),
});

/** A call forwarding of an account, as proxies read it. */
export const callForwardingSchema = z.object({
  id: z.int(),
  type: textLike('busy'),
  forward_to: textLike('sip_uri'),
  sip_uri: textLike('sip:bob@sip.example.org').nullable(),
  enabled: z.boolean(),
  contact_id: z.int().nullable(),
  created_at: jsonDateSchema.nullable(),
  updated_at: jsonDateSchema.nullable(),
  contact_sip_uri: textLike('sip:bob@sip.example.org').nullable(),
});

/** An account as searches find it. */
export const foundAccountSchema = accountSchema
  .extend({ call_forwardings: z.array(callForwardingSchema) })
  .meta({ id: 'FoundAccount' });

/** Answer of `GET /api/resolve/{sip}`. */
export const resolvedSchema = z.object({
  type: z.literal('account'),
  payload: foundAccountSchema,
});
