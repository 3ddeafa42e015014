import { choice, flag, group, list, optionalText, port, secret, text } from '../setting.ts';

export const mailSettings = group(
  'Mail',
  {
    MAIL_DRIVER: choice(
      'How mail leaves: by SMTP when MAIL_HOST is set, else it is only written to the log.',
      ['smtp', 'log'],
      'smtp',
    ),
    MAIL_HOST: optionalText('SMTP server.'),
    MAIL_PORT: port('Its port.', 587),
    MAIL_ENCRYPTION: optionalText('`tls` (STARTTLS) or `ssl`.', 'STARTTLS when offered'),
    MAIL_USERNAME: optionalText('SMTP user.'),
    MAIL_PASSWORD: secret('Its password.'),
    MAIL_FROM_ADDRESS: optionalText('Sender address.', '`no-reply@` and the host of the space'),
    MAIL_FROM_NAME: optionalText('Sender name.', 'the name of the space'),
    MAIL_SIGNATURE: optionalText('Last line of every mail.', 'the name of the application'),
    DIALTONE_MAIL_TEMPLATES: optionalText(
      'Directory of templates that replace those of mails (docs/mails.md).',
    ),
    MAIL_ALLOW_SELF_SIGNED: flag('Accept a self-signed certificate.', false),
    MAIL_VERIFY_PEER: flag('Check the certificate of the server.', true),
    MAIL_VERIFY_PEER_NAME: flag('Check that the certificate names the server.', true),
  },
  (v) => ({
    transport:
      v.MAIL_DRIVER === 'smtp' && v.MAIL_HOST !== undefined ? ('smtp' as const) : ('log' as const),
    host: v.MAIL_HOST,
    port: v.MAIL_PORT,
    encryption: v.MAIL_ENCRYPTION,
    username: v.MAIL_USERNAME,
    password: v.MAIL_PASSWORD,
    fromAddress: v.MAIL_FROM_ADDRESS,
    fromName: v.MAIL_FROM_NAME,
    signature: v.MAIL_SIGNATURE,
    templatesDirectory: v.DIALTONE_MAIL_TEMPLATES,
    allowSelfSigned: v.MAIL_ALLOW_SELF_SIGNED,
    verifyPeer: v.MAIL_VERIFY_PEER,
    verifyPeerName: v.MAIL_VERIFY_PEER_NAME,
  }),
);

export const smsSettings = group(
  'SMS',
  {
    OVH_APP_KEY: secret('OVH application key; turns OVH on.'),
    OVH_APP_SECRET: secret('OVH application secret.'),
    OVH_APP_CONSUMER_KEY: secret('OVH consumer key.'),
    OVH_APP_ENDPOINT: text('OVH endpoint.', 'ovh-eu'),
    OVH_APP_SENDER: optionalText('Sender shown on the phone.'),
    DIALTONE_SMS_WEBHOOK_URL: secret(
      'URL that receives `{"to","text"}` by POST for every SMS, instead of OVH. Without either, SMS are only written to the log.',
    ),
    DIALTONE_SMS_WEBHOOK_TOKEN: secret('Bearer token sent to it.'),
  },
  (v) => ({
    ovh:
      v.OVH_APP_KEY !== undefined &&
      v.OVH_APP_SECRET !== undefined &&
      v.OVH_APP_CONSUMER_KEY !== undefined
        ? {
            key: v.OVH_APP_KEY,
            secret: v.OVH_APP_SECRET,
            consumerKey: v.OVH_APP_CONSUMER_KEY,
            endpoint: v.OVH_APP_ENDPOINT,
            sender: v.OVH_APP_SENDER,
          }
        : undefined,
    webhook:
      v.DIALTONE_SMS_WEBHOOK_URL === undefined
        ? undefined
        : { url: v.DIALTONE_SMS_WEBHOOK_URL, token: v.DIALTONE_SMS_WEBHOOK_TOKEN },
  }),
);

export const pushSettings = group(
  'Push',
  {
    APP_FLEXISIP_PUSHER_PATH: optionalText(
      'Path of `flexisip_pusher`; without it push answers 503.',
    ),
    APP_FLEXISIP_PUSHER_FIREBASE_KEYSMAP: list(
      'Firebase service files as `id:file`, separated by spaces.',
      /\s+/,
    ),
  },
  (v) => ({
    pusherPath: v.APP_FLEXISIP_PUSHER_PATH,
    firebaseKeys: v.APP_FLEXISIP_PUSHER_FIREBASE_KEYSMAP,
  }),
);
