import { flag, group, integer, list, optionalText, pattern, secret } from '../setting.ts';

export const accountSettings = group(
  'Accounts',
  {
    ACCOUNT_USERNAME_REGEX: pattern('What a username must match.', '^[a-z0-9+_.-]*$'),
    ACCOUNT_BLACKLISTED_USERNAMES: list(
      'Refused usernames and regular expressions, separated by commas (spaces count).',
      ',',
    ),
    APP_ALLOW_PHONE_NUMBER_USERNAME_ADMIN_API: flag(
      'Administrators may create usernames that are phone numbers.',
      false,
    ),
    BLOCKING_TIME_PERIOD_CHECK: integer(
      'Minutes in which codes are counted before an account is blocked.',
      30,
    ),
    BLOCKING_AMOUNT_EVENTS_AUTHORIZED_DURING_PERIOD: integer(
      'Codes at which the next change request blocks the account; 0 = never.',
      5,
    ),
    DIALTONE_CODE_ATTEMPTS: integer(
      'Wrong tries after which an email or phone code is void; 0 = no limit.',
      3,
    ),
  },
  (v) => ({
    usernamePattern: v.ACCOUNT_USERNAME_REGEX,
    blacklistedUsernames: v.ACCOUNT_BLACKLISTED_USERNAMES,
    allowPhoneNumberUsernames: v.APP_ALLOW_PHONE_NUMBER_USERNAME_ADMIN_API,
    blockingPeriodMinutes: v.BLOCKING_TIME_PERIOD_CHECK,
    blockingEvents: v.BLOCKING_AMOUNT_EVENTS_AUTHORIZED_DURING_PERIOD,
    codeAttempts: v.DIALTONE_CODE_ATTEMPTS,
  }),
);

export const expirySettings = group(
  'Expiry',
  {
    APP_ACCOUNT_CREATION_TOKEN_EXPIRATION_MINUTES: integer(
      'Life of an account creation token; 0 = for ever.',
      0,
    ),
    APP_API_ACCOUNT_CREATION_TOKEN_RETRY_MINUTES: integer(
      'Delay between two consumed push tokens of one device.',
      60,
    ),
    APP_ACCOUNT_RECOVERY_TOKEN_EXPIRATION_MINUTES: integer(
      'Life of an account recovery token; 0 = for ever.',
      60,
    ),
    APP_EMAIL_CHANGE_CODE_EXPIRATION_MINUTES: integer(
      'Life of an email change code; 0 = for ever.',
      10,
    ),
    APP_PHONE_CHANGE_CODE_EXPIRATION_MINUTES: integer(
      'Life of a phone change code; 0 = for ever.',
      10,
    ),
    APP_RECOVERY_CODE_EXPIRATION_MINUTES: integer(
      'Life of a recovery code; 0 = for ever. Also the delay printed in messages.',
      10,
    ),
    APP_PROVISIONING_TOKEN_EXPIRATION_MINUTES: integer(
      'Life of a provisioning token; 0 = for ever.',
      0,
    ),
    APP_API_KEY_EXPIRATION_MINUTES: integer(
      'Time without use after which a user API key ends; also the life of its cookie; 0 = for ever.',
      60,
    ),
    APP_RESET_PASSWORD_EMAIL_TOKEN_EXPIRATION_MINUTES: integer(
      'Life of the link in a reset password mail; 0 = for ever.',
      1440,
    ),
    DIALTONE_NONCE_EXPIRATION_MINUTES: integer(
      'Time after which an HTTP digest session must begin again; 0 = never.',
      60,
    ),
    SESSION_LIFETIME: integer('Life of an idle panel session in minutes.', 120, { min: 1 }),
  },
  (v) => ({
    accountCreationTokenMinutes: v.APP_ACCOUNT_CREATION_TOKEN_EXPIRATION_MINUTES,
    accountCreationTokenRetryMinutes: v.APP_API_ACCOUNT_CREATION_TOKEN_RETRY_MINUTES,
    accountRecoveryTokenMinutes: v.APP_ACCOUNT_RECOVERY_TOKEN_EXPIRATION_MINUTES,
    emailChangeCodeMinutes: v.APP_EMAIL_CHANGE_CODE_EXPIRATION_MINUTES,
    phoneChangeCodeMinutes: v.APP_PHONE_CHANGE_CODE_EXPIRATION_MINUTES,
    recoveryCodeMinutes: v.APP_RECOVERY_CODE_EXPIRATION_MINUTES,
    provisioningTokenMinutes: v.APP_PROVISIONING_TOKEN_EXPIRATION_MINUTES,
    apiKeyMinutes: v.APP_API_KEY_EXPIRATION_MINUTES,
    resetPasswordEmailTokenMinutes: v.APP_RESET_PASSWORD_EMAIL_TOKEN_EXPIRATION_MINUTES,
    nonceMinutes: v.DIALTONE_NONCE_EXPIRATION_MINUTES,
    sessionMinutes: v.SESSION_LIFETIME,
  }),
);

export const turnSettings = group(
  'TURN',
  {
    COTURN_SERVER_HOST: optionalText('TURN server handed to clients.'),
    COTURN_STATIC_AUTH_SECRET: secret('Secret shared with it.'),
    COTURN_SESSION_TTL_MINUTES: integer('Life of the credentials handed out.', 1440, { min: 1 }),
  },
  (v) => ({
    host: v.COTURN_SERVER_HOST,
    secret: v.COTURN_STATIC_AUTH_SECRET,
    ttlMinutes: v.COTURN_SESSION_TTL_MINUTES,
  }),
);
