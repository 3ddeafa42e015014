import { flag, group, integer, text } from '../setting.ts';

export const xmlrpcSettings = group(
  'XML-RPC',
  {
    USE_DIGEST_AUTH: flag(
      'Ask the owner of an account for digest credentials in methods that change or show it.',
      true,
    ),
    DIALTONE_XMLRPC_EXISTENCE_ONLY: flag(
      'Look-ups tell strangers whether an account exists, not its phone number or name.',
      false,
    ),
    DIALTONE_XMLRPC_KEY_TRIES: integer(
      'Tries a confirmation key has; the last wrong one voids it.',
      1,
      {
        min: 1,
      },
    ),
    DIALTONE_XMLRPC_EMAIL_KEY_MINUTES: integer('Life of a key sent by email; 0 = for ever.', 1440),
    DIALTONE_XMLRPC_SMS_KEY_MINUTES: integer('Life of a key sent by SMS; 0 = for ever.', 10),
    SMS_COUNT_LIMIT_IN_PERIOD: integer('SMS that one phone gets in a period.', 3),
    SMS_TIME_PERIOD: integer('Length of this period in milliseconds.', 86_400_000, { min: 1000 }),
    ALLOW_TEST_ACCOUNTS: flag(
      'Offer the methods that only test suites use, and let phones of the test prefix do without SMS. Never on a server people use.',
      false,
    ),
    TESTS_PHONE_PREFIX: text('Prefix of numbers that never get an SMS.', '+1000555'),
  },
  (v) => ({
    digest: v.USE_DIGEST_AUTH,
    existenceOnly: v.DIALTONE_XMLRPC_EXISTENCE_ONLY,
    keyTries: v.DIALTONE_XMLRPC_KEY_TRIES,
    emailKeyMinutes: v.DIALTONE_XMLRPC_EMAIL_KEY_MINUTES,
    smsKeyMinutes: v.DIALTONE_XMLRPC_SMS_KEY_MINUTES,
    smsPerPeriod: v.SMS_COUNT_LIMIT_IN_PERIOD,
    smsPeriodMs: v.SMS_TIME_PERIOD,
    testAccounts: v.ALLOW_TEST_ACCOUNTS,
    testPhonePrefix: v.TESTS_PHONE_PREFIX,
  }),
);
