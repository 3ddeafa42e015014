import type { Locale } from '@dialtone/phrases';
import { parsePhoneNumber } from '../../accounts/phone/phone-number.ts';
import { enqueue } from '../../messaging/outbox.ts';
import { codeSms } from '../../messaging/sms/code-sms.ts';
import { isCountryActivated } from '../../phone-countries/phone-country.repository.ts';
import type { Platform } from '../../platform.ts';
import type { Space } from '../../spaces/space.ts';
import { refuse } from '../result.ts';
import { type KeyPurpose, smsKey, storeKey } from './confirmation-key.ts';
import { takeSms } from './sms-quota.ts';

type SmsPlatform = Pick<Platform, 'db' | 'clock' | 'random' | 'config'>;

interface SmsKeyRequest {
  readonly space: Space;
  readonly locale: Locale;
  readonly accountId: number;
  readonly purpose: KeyPurpose;
  /** In stored form. */
  readonly phone: string;
}

/**
 * Stores a key for `phone` and sends it there; call it in the transaction of the change that asks for
 * it. The quota is taken first, so a refusal leaves the earlier key as it is (X7).
 * @throws Refusal `ERROR_CANNOT_SEND_SMS`, `ERROR_MAX_SMS_EXCEEDED`, `ERROR_NON_TEST_ACCOUNTS_UNAUTHORIZED`
 */
export async function sendSmsKey(inside: SmsPlatform, request: SmsKeyRequest): Promise<void> {
  const { accountId, purpose, phone, space, locale } = request;
  const { testAccounts, testPhonePrefix, smsKeyMinutes: minutes } = inside.config.xmlrpc;
  const test = phone.startsWith(testPhonePrefix);
  if (test && !testAccounts) throw refuse('ERROR_NON_TEST_ACCOUNTS_UNAUTHORIZED');
  if (!test && !(await isReachable(inside, phone))) throw refuse('ERROR_CANNOT_SEND_SMS');
  if (!(await takeSms(inside, phone))) throw refuse('ERROR_MAX_SMS_EXCEEDED');
  const key = smsKey(inside);
  const expiresAt = await storeKey(inside, accountId, { purpose, key, phone, minutes });
  if (test) return;
  const text = codeSms(locale, space, key, minutes);
  await enqueue(
    inside,
    { kind: 'sms', to: phone, text },
    { spaceId: space.id, ...(expiresAt === undefined ? {} : { expiresAt }) },
  );
}

/** Whether the number exists in a country whose numbers the administrator accepts. */
async function isReachable({ db }: SmsPlatform, phone: string): Promise<boolean> {
  const number = parsePhoneNumber(phone);
  if (number === undefined || !number.valid || number.country === undefined) return false;
  return isCountryActivated(db, number.country);
}
