import {
  choice,
  flag,
  group,
  integer,
  networks,
  optionalText,
  port,
  secret,
  text,
} from '../setting.ts';

function keyFault(key: string): string | undefined {
  const bytes = key.startsWith('base64:') ? Buffer.from(key.slice(7), 'base64') : Buffer.from(key);
  return bytes.length < 32 ? 'must have 32 bytes or more' : undefined;
}

export const applicationSettings = group(
  'Application',
  {
    APP_NAME: text('Name shown in mails and pages.', 'Dialtone'),
    APP_ROOT_HOST: optionalText(
      'Suffix that the host of every space must have. When unset, any host that belongs to a space is served.',
    ),
    APP_KEY: secret(
      'Encryption key of panel sessions and forms: FAM’s `base64:…` or any text of 32 characters or more. When unset, one is made and kept in the data directory.',
      keyFault,
    ),
    APP_PROJECT_URL: optionalText('Link to the project, shown in the panel.'),
    TERMS_OF_USE_URL: optionalText('Link to the terms of use.'),
    PRIVACY_POLICY_URL: optionalText('Link to the privacy policy.'),
    DIALTONE_DEFAULT_HOST: optionalText(
      'Host of the space that answers requests for a host nobody serves, such as a bare IP address.',
    ),
  },
  (v) => ({
    name: v.APP_NAME,
    rootHost: v.APP_ROOT_HOST?.toLowerCase(),
    key: v.APP_KEY,
    projectUrl: v.APP_PROJECT_URL,
    termsOfUseUrl: v.TERMS_OF_USE_URL,
    privacyPolicyUrl: v.PRIVACY_POLICY_URL,
    defaultHost: v.DIALTONE_DEFAULT_HOST?.toLowerCase(),
  }),
);

export const serverSettings = group(
  'HTTP server',
  {
    DIALTONE_HOST: text('Address to listen on.', '0.0.0.0'),
    DIALTONE_PORT: port('Port to listen on; 0 takes a free one.', 8080),
    DIALTONE_PUBLIC_URL: optionalText(
      'Where people and phones reach a space when no request says it (mails, command line); `{host}` stands for its host.',
      '`https://{host}` behind a trusted proxy, else `http://{host}` and the port',
    ),
    DIALTONE_TRUSTED_PROXIES: networks(
      'Addresses or networks of reverse proxies whose X-Forwarded-For, -Proto and client certificate headers are believed, separated by commas.',
    ),
    DIALTONE_BODY_LIMIT: integer(
      'Largest request body in bytes, where a route has no limit of its own.',
      1_048_576,
      {
        min: 1024,
      },
    ),
    DIALTONE_REQUEST_TIMEOUT_SECONDS: integer('Time a client has to send a whole request.', 30, {
      min: 1,
    }),
    DIALTONE_RATE_LIMITS: flag('Limit how often guessable or costly calls may be made.', true),
    DIALTONE_METRICS: choice(
      'Who may read /metrics: everybody, only callers on this machine or in private networks, or nobody.',
      ['on', 'local', 'off'],
      'local',
    ),
  },
  (v) => ({
    host: v.DIALTONE_HOST,
    port: v.DIALTONE_PORT,
    publicUrl:
      v.DIALTONE_PUBLIC_URL ??
      (v.DIALTONE_TRUSTED_PROXIES.length > 0
        ? 'https://{host}'
        : `http://{host}:${v.DIALTONE_PORT}`),
    trustedProxies: v.DIALTONE_TRUSTED_PROXIES,
    bodyLimitBytes: v.DIALTONE_BODY_LIMIT,
    requestTimeoutMs: v.DIALTONE_REQUEST_TIMEOUT_SECONDS * 1000,
    rateLimits: v.DIALTONE_RATE_LIMITS,
    metrics: v.DIALTONE_METRICS,
  }),
);

export const logSettings = group(
  'Log',
  {
    DIALTONE_LOG_LEVEL: choice(
      'Least severe level written.',
      ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
      'info',
    ),
  },
  (v) => ({ level: v.DIALTONE_LOG_LEVEL }),
);
