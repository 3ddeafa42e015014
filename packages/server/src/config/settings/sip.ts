import { choice, flag, group, integer, optionalText, port, text } from '../setting.ts';

export const sipSettings = group(
  'SIP',
  {
    DIALTONE_REGISTRAR: flag('Run the embedded registrar.', true),
    DIALTONE_SIP_HOST: text('Address the registrar listens on.', '0.0.0.0'),
    DIALTONE_SIP_PORT: port('Its port, UDP and TCP; 0 takes a free one.', 5060),
    DIALTONE_SIP_TLS_PORT: port('Its TLS port; used when certificate and key are set.', 5061),
    DIALTONE_SIP_TLS_CERTIFICATE: optionalText('File with the TLS certificate chain (PEM).'),
    DIALTONE_SIP_TLS_KEY: optionalText('File with its private key (PEM).'),
    DIALTONE_SIP_MIN_EXPIRES_SECONDS: integer('Shortest registration accepted.', 60, { min: 1 }),
    DIALTONE_SIP_MAX_EXPIRES_SECONDS: integer('Longest registration granted.', 604_800, {
      min: 60,
    }),
  },
  (v) => ({
    registrar: v.DIALTONE_REGISTRAR,
    host: v.DIALTONE_SIP_HOST,
    port: v.DIALTONE_SIP_PORT,
    tls:
      v.DIALTONE_SIP_TLS_CERTIFICATE !== undefined && v.DIALTONE_SIP_TLS_KEY !== undefined
        ? {
            port: v.DIALTONE_SIP_TLS_PORT,
            certificateFile: v.DIALTONE_SIP_TLS_CERTIFICATE,
            keyFile: v.DIALTONE_SIP_TLS_KEY,
          }
        : undefined,
    minExpiresSeconds: v.DIALTONE_SIP_MIN_EXPIRES_SECONDS,
    maxExpiresSeconds: v.DIALTONE_SIP_MAX_EXPIRES_SECONDS,
  }),
);

export const provisioningSettings = group(
  'Provisioning',
  {
    DIALTONE_SIP_PROXY: optionalText(
      'Proxy written into provisioning documents, such as `sip:sip.example.org;transport=tls`.',
      'the embedded registrar, else the domain of the account',
    ),
    DIALTONE_PROVISIONING_REFETCH: choice(
      'How a phone finds its configuration at its next start: at `/provisioning/me` with its credentials, or not at all.',
      ['me', 'once'],
      'me',
    ),
    DIALTONE_CONFERENCE_FACTORY_URI: optionalText(
      'Group chat factory written into documents; `{username}` and `{domain}` are replaced.',
    ),
    DIALTONE_AV_CONFERENCE_FACTORY_URI: optionalText('The same for audio and video conferences.'),
    DIALTONE_VOICEMAIL_URI: optionalText('The same for voicemail.'),
    DIALTONE_EXTERNAL_ACCOUNT_DEPENDS: flag(
      'A phone registers an external account after, and through the contact of, the account of this server.',
      false,
    ),
    DIALTONE_PROVISIONING_HOOKS: optionalText('Module with provisioning and account hooks.'),
  },
  (v) => ({
    sipProxy: v.DIALTONE_SIP_PROXY,
    hooksFile: v.DIALTONE_PROVISIONING_HOOKS,
    refetch: v.DIALTONE_PROVISIONING_REFETCH,
    uris: {
      conferenceFactory: v.DIALTONE_CONFERENCE_FACTORY_URI,
      audioVideoConferenceFactory: v.DIALTONE_AV_CONFERENCE_FACTORY_URI,
      voicemail: v.DIALTONE_VOICEMAIL_URI,
    },
    externalDependsOnAccount: v.DIALTONE_EXTERNAL_ACCOUNT_DEPENDS,
  }),
);

export const integrationSettings = group(
  'Other programs',
  {
    APP_LINPHONE_DAEMON_UNIX_PATH: optionalText(
      'Socket of linphone-daemon; enables `POST /api/messages`.',
    ),
  },
  (v) => ({ linphoneDaemonSocket: v.APP_LINPHONE_DAEMON_UNIX_PATH }),
);
