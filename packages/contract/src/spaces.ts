import { z } from 'zod';
import {
  commaListSchema,
  dayInputSchema,
  domainNameSchema,
  formBooleanSchema,
  formIntegerSchema,
  jsonDateSchema,
  passwordAlgorithmSchema,
} from './fields.ts';
import { recordOf } from './record-of.ts';

/** A CardDAV directory of a space (flexiapi-core.md §9.6). */
export const carddavServerSchema = z.object({
  id: z.int(),
  enabled: z.boolean(),
  uri: z.string(),
  min_characters: z.int(),
  /** 0 = no limit. */
  results_limit: z.int(),
  /** Seconds. */
  timeout: z.int(),
  /** Milliseconds. */
  delay: z.int(),
  fields_for_user_input: z.string().nullable(),
  fields_for_domain: z.string().nullable(),
  use_exact_match_policy: z.boolean(),
  created_at: jsonDateSchema.nullable(),
  updated_at: jsonDateSchema.nullable(),
});
export type CarddavServerJson = z.infer<typeof carddavServerSchema>;

/** Body of `POST` and `PUT /api/spaces/{domain}/carddavs`. */
export const carddavServerBodySchema = z.object({
  uri: z.url({ protocol: /^https?$/u }).max(255),
  enabled: formBooleanSchema.nullish(),
  min_characters: formIntegerSchema.pipe(z.int().min(1)).optional(),
  results_limit: formIntegerSchema.pipe(z.int().min(0)).nullish(),
  timeout: formIntegerSchema.pipe(z.int().min(1)).nullish(),
  delay: formIntegerSchema.pipe(z.int().min(100)).nullish(),
  fields_for_user_input: commaListSchema.max(255).nullish(),
  fields_for_domain: commaListSchema.max(255).nullish(),
  use_exact_match_policy: formBooleanSchema.nullish(),
});

/** Credentials of one account at a CardDAV server; the password is never given back. */
export const carddavCredentialsSchema = z.object({
  carddav_id: z.int(),
  username: z.string(),
  realm: z.string(),
  algorithm: passwordAlgorithmSchema,
});

/** Body of `PUT /api/accounts/{id}/carddavs/{carddav_id}`; `password` in clear, stored hashed. */
export const carddavCredentialsBodySchema = z.object({
  username: z.string().max(64),
  password: z.string().min(1),
  realm: z.string().max(255),
  algorithm: passwordAlgorithmSchema,
});

/** The SMTP server of a space (flexiapi-core.md §9.5). */
export const emailServerSchema = z.object({
  id: z.int(),
  host: z.string(),
  port: z.int(),
  username: z.string().nullable(),
  /** In clear in the super administrator's own endpoint; `null` inside the space object. */
  password: z.string().nullable(),
  from_address: z.string().nullable(),
  from_name: z.string().nullable(),
  signature: z.string().nullable(),
  created_at: jsonDateSchema.nullable(),
  updated_at: jsonDateSchema.nullable(),
});

/** Body of `POST /api/spaces/{domain}/email`. */
export const emailServerBodySchema = z.object({
  host: domainNameSchema.max(64),
  port: formIntegerSchema.pipe(z.int().min(1).max(65_535)),
  username: z.string().max(128).nullish(),
  password: z.string().max(128).nullish(),
  from_address: z.email().max(128).nullish(),
  from_name: z.string().max(128).nullish(),
  signature: z.string().max(256).nullish(),
});

const spaceObject = z.object({
  domain: z.string(),
  super: z.boolean(),
  created_at: jsonDateSchema.nullable(),
  updated_at: jsonDateSchema.nullable(),
  disable_chat_feature: z.boolean(),
  disable_meetings_feature: z.boolean(),
  disable_broadcast_feature: z.boolean(),
  max_account: z.int(),
  hide_settings: z.boolean(),
  hide_account_settings: z.boolean(),
  disable_call_recordings_feature: z.boolean(),
  only_display_sip_uri_username: z.boolean(),
  assistant_hide_create_account: z.boolean(),
  assistant_disable_qr_code: z.boolean(),
  assistant_hide_third_party_account: z.boolean(),
  host: z.string(),
  max_accounts: z.int(),
  expire_at: jsonDateSchema.nullable(),
  copyright_text: z.string().nullable(),
  intro_registration_text: z.string().nullable(),
  newsletter_registration_address: z.string().nullable(),
  account_proxy_registrar_address: z.string().nullable(),
  custom_provisioning_entries: z.string().nullable(),
  custom_provisioning_overwrite_all: z.boolean(),
  web_panel: z.boolean(),
  public_registration: z.boolean(),
  phone_registration: z.boolean(),
  intercom_features: z.boolean(),
  name: z.string(),
  carddav_user_credentials: z.boolean(),
  theme_hue: z.int(),
  logo: z.string().nullable(),
  unique_email: z.boolean(),
  client_certificate_authentication: z.boolean(),
});

/** A space as `POST /api/spaces` answers it: without what hangs below it. */
export const createdSpaceSchema = spaceObject.meta({ id: 'CreatedSpace' });
export type CreatedSpaceJson = z.infer<typeof createdSpaceSchema>;

/** The public space object, keys in the order in which they are sent (flexiapi-core.md §2.3). */
export const spaceSchema = spaceObject
  .extend({
    email_server: emailServerSchema.nullable(),
    carddav_servers: z.array(carddavServerSchema),
    digest_authentication_configuration: z
      .object({ realm: z.string(), default_password_algorithm: passwordAlgorithmSchema })
      .nullable(),
    oidc_authentication_configuration: z
      .object({
        server_url: z.string(),
        realm: z.string(),
        sip_identifier: z.string(),
        public_key: z.string().nullable(),
        client_id: z.string().nullable(),
        auto_provisioning: z.boolean(),
        role_provisioning: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'Space' });
export type SpaceJson = z.infer<typeof spaceSchema>;

/** Switches of a space that the API can set; each is a column and a public key of the same name. */
export const settableSpaceSwitches = [
  'super',
  'disable_chat_feature',
  'disable_meetings_feature',
  'disable_broadcast_feature',
  'hide_settings',
  'hide_account_settings',
  'disable_call_recordings_feature',
  'only_display_sip_uri_username',
  'assistant_hide_create_account',
  'assistant_disable_qr_code',
  'assistant_hide_third_party_account',
  'custom_provisioning_overwrite_all',
  'web_panel',
  'public_registration',
  'phone_registration',
  'intercom_features',
  'carddav_user_credentials',
] as const;
export type SettableSpaceSwitch = (typeof settableSpaceSwitches)[number];

/** All switches of a space; the last two are set by the web administration only. */
export const spaceSwitches = [
  ...settableSpaceSwitches,
  'unique_email',
  'client_certificate_authentication',
] as const;
export type SpaceSwitch = (typeof spaceSwitches)[number];

const longText = z.string().max(65_535).nullish();
const shortText = z.string().max(255).nullish();
const texts = {
  copyright_text: longText,
  intro_registration_text: longText,
  newsletter_registration_address: shortText,
  account_proxy_registrar_address: shortText,
  custom_provisioning_entries: longText,
};
const themeHue = formIntegerSchema.pipe(z.int().min(0).max(360)).nullish();
const expireAt = dayInputSchema.nullish();

/** Body of `POST /api/spaces` (flexiapi-core.md §9.1). */
export const createSpaceBodySchema = z.object({
  name: z.string().max(255),
  domain: domainNameSchema.max(64),
  host: domainNameSchema,
  max_accounts: formIntegerSchema.nullish(),
  max_account: formIntegerSchema.nullish(),
  expire_at: expireAt,
  theme_hue: themeHue,
  ...texts,
  ...recordOf(settableSpaceSwitches, () => formBooleanSchema.nullish()),
});

/** Body of `PUT /api/spaces/{domain}` (flexiapi-core.md §9.2): the complete object. */
export const updateSpaceBodySchema = z.object({
  ...recordOf(settableSpaceSwitches, () => formBooleanSchema),
  max_accounts: formIntegerSchema,
  max_account: formIntegerSchema,
  expire_at: expireAt,
  theme_hue: themeHue,
  ...texts,
  name: z.string().max(255),
  host: z
    .string()
    .max(255)
    .regex(/^[^\s/:@]+$/u),
});
