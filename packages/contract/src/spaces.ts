import { z } from 'zod';
import {
  commaListSchema,
  dayInputSchema,
  domainNameSchema,
  formBooleanSchema,
  formIntegerSchema,
  jsonDateSchema,
  passwordAlgorithmSchema,
  textLike,
} from './fields.ts';
import { recordOf } from './record-of.ts';

/** A CardDAV directory of a space (flexiapi-core.md §9.6). */
export const carddavServerSchema = z
  .object({
    id: z.int(),
    enabled: z.boolean(),
    uri: textLike('https://contacts.example.org/dav/'),
    min_characters: z.int().meta({ examples: [3] }),
    /** 0 = no limit. */
    results_limit: z.int(),
    /** Seconds. */
    timeout: z.int().meta({ examples: [5] }),
    /** Milliseconds. */
    delay: z.int().meta({ examples: [500] }),
    fields_for_user_input: textLike('FN,ORG').nullable(),
    fields_for_domain: textLike('FN,ORG').nullable(),
    use_exact_match_policy: z.boolean(),
    created_at: jsonDateSchema.nullable(),
    updated_at: jsonDateSchema.nullable(),
  })
  .meta({ id: 'CarddavServer' });
/** A CardDAV server of a space in JSON. */
export type CarddavServerJson = z.infer<typeof carddavServerSchema>;

/** Body of `POST` and `PUT /api/spaces/{domain}/carddavs`. */
export const carddavServerBodySchema = z
  .object({
    uri: z
      .url({ protocol: /^https?$/u })
      .max(255)
      .meta({ examples: ['https://contacts.example.org/dav/'] }),
    enabled: formBooleanSchema.nullish(),
    min_characters: formIntegerSchema
      .pipe(z.int().min(1))
      .meta({ examples: [3] })
      .optional(),
    results_limit: formIntegerSchema.pipe(z.int().min(0)).nullish(),
    timeout: formIntegerSchema
      .pipe(z.int().min(1))
      .meta({ examples: [5] })
      .nullish(),
    delay: formIntegerSchema
      .pipe(z.int().min(100))
      .meta({ examples: [500] })
      .nullish(),
    fields_for_user_input: commaListSchema.max(255).nullish(),
    fields_for_domain: commaListSchema.max(255).nullish(),
    use_exact_match_policy: formBooleanSchema.nullish(),
  })
  .meta({ id: 'CarddavServerSettings' });

/** Credentials of one account at a CardDAV server; the password is never given back. */
export const carddavCredentialsSchema = z
  .object({
    carddav_id: z.int(),
    username: textLike('alice'),
    realm: textLike('contacts.example.org'),
    algorithm: passwordAlgorithmSchema,
  })
  .meta({ id: 'CarddavCredentials' });

/** Body of `PUT /api/accounts/{id}/carddavs/{carddav_id}`; `password` in clear, stored hashed. */
export const carddavCredentialsBodySchema = z
  .object({
    username: textLike('alice').max(64),
    password: textLike('correct horse battery').min(1),
    realm: textLike('contacts.example.org').max(255),
    algorithm: passwordAlgorithmSchema,
  })
  .meta({ id: 'CarddavCredentialsSettings' });

/** The SMTP server of a space (flexiapi-core.md §9.5). */
export const emailServerSchema = z
  .object({
    id: z.int(),
    host: textLike('smtp.example.org'),
    port: z.int().meta({ examples: [587] }),
    username: textLike('dialtone').nullable(),
    /** In clear in the super administrator's own endpoint; `null` inside the space object. */
    password: textLike('correct horse battery').nullable(),
    from_address: textLike('accounts@example.org').nullable(),
    from_name: textLike('Example accounts').nullable(),
    signature: textLike('The team of Example').nullable(),
    created_at: jsonDateSchema.nullable(),
    updated_at: jsonDateSchema.nullable(),
  })
  .meta({ id: 'EmailServer' });

/** Body of `POST /api/spaces/{domain}/email`. */
export const emailServerBodySchema = z
  .object({
    host: domainNameSchema.max(64).meta({ examples: ['smtp.example.org'] }),
    port: formIntegerSchema.pipe(z.int().min(1).max(65_535)).meta({ examples: [587] }),
    username: textLike('dialtone').max(128).nullish(),
    password: textLike('correct horse battery').max(128).nullish(),
    from_address: z
      .email()
      .max(128)
      .meta({ examples: ['accounts@example.org'] })
      .nullish(),
    from_name: textLike('Example accounts').max(128).nullish(),
    signature: textLike('The team of Example').max(256).nullish(),
  })
  .meta({ id: 'EmailServerSettings' });

const spaceObject = z.object({
  domain: textLike('sip.example.org'),
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
  host: textLike('accounts.example.org'),
  max_accounts: z.int(),
  expire_at: jsonDateSchema.nullable(),
  copyright_text: textLike('© Example').nullable(),
  intro_registration_text: textLike('Welcome').nullable(),
  newsletter_registration_address: textLike('https://example.org/news').nullable(),
  account_proxy_registrar_address: textLike('sip.example.org').nullable(),
  custom_provisioning_entries: textLike('[app]\nkey=value').nullable(),
  custom_provisioning_overwrite_all: z.boolean(),
  web_panel: z.boolean(),
  public_registration: z.boolean(),
  phone_registration: z.boolean(),
  intercom_features: z.boolean(),
  name: textLike('Example'),
  carddav_user_credentials: z.boolean(),
  theme_hue: z.int(),
  logo: textLike('logo.png').nullable(),
  unique_email: z.boolean(),
  client_certificate_authentication: z.boolean(),
});

/** A space as `POST /api/spaces` answers it: without what hangs below it. */
export const createdSpaceSchema = spaceObject.meta({ id: 'CreatedSpace' });
/** A space in the answer that creates it. */
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
        server_url: textLike('https://login.example.org'),
        realm: textLike('example'),
        sip_identifier: textLike('sip_identity'),
        public_key: textLike('-----BEGIN PUBLIC KEY-----').nullable(),
        client_id: textLike('dialtone').nullable(),
        auto_provisioning: z.boolean(),
        role_provisioning: textLike('admin').nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'Space' });
/** A space in JSON. */
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
/** A switch of a space that the API sets. */
export type SettableSpaceSwitch = (typeof settableSpaceSwitches)[number];

/** All switches of a space; the last two are set by the web administration only. */
export const spaceSwitches = [
  ...settableSpaceSwitches,
  'unique_email',
  'client_certificate_authentication',
] as const;
/** Any switch of a space. */
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
const themeHue = formIntegerSchema
  .pipe(z.int().min(0).max(360))
  .meta({ examples: [22] })
  .nullish();
const expireAt = dayInputSchema.nullish();

/** Body of `POST /api/spaces` (flexiapi-core.md §9.1). */
export const createSpaceBodySchema = z
  .object({
    name: textLike('Example').max(255),
    domain: domainNameSchema.max(64),
    host: domainNameSchema,
    max_accounts: formIntegerSchema.nullish(),
    max_account: formIntegerSchema.nullish(),
    expire_at: expireAt,
    theme_hue: themeHue,
    ...texts,
    ...recordOf(settableSpaceSwitches, () => formBooleanSchema.nullish()),
  })
  .meta({ id: 'NewSpace' });

/** Body of `PUT /api/spaces/{domain}` (flexiapi-core.md §9.2): the complete object. */
export const updateSpaceBodySchema = z
  .object({
    ...recordOf(settableSpaceSwitches, () => formBooleanSchema),
    max_accounts: formIntegerSchema,
    max_account: formIntegerSchema,
    expire_at: expireAt,
    theme_hue: themeHue,
    ...texts,
    name: textLike('Example').max(255),
    host: z
      .string()
      .max(255)
      .regex(/^[^\s/:@]+$/u)
      .meta({ examples: ['accounts.example.org'] }),
  })
  .meta({ id: 'SpaceSettings' });
