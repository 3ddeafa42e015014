import type { Method } from './method.ts';
import { accountDetailsMethods } from './methods/account-details.ts';
import { activateEmailAccount } from './methods/activate-email-account.ts';
import { activatePhoneAccount } from './methods/activate-phone-account.ts';
import { activatePhoneNumberLink } from './methods/activate-phone-number-link.ts';
import { addEcCalibrationResult } from './methods/add-ec-calibration-result.ts';
import { createEmailAccount } from './methods/create-email-account.ts';
import { createEmailMd5Sha256Account } from './methods/create-email-md5-sha256-account.ts';
import { createPhoneAccount } from './methods/create-phone-account.ts';
import { createPushAccount } from './methods/create-push-account.ts';
import { deleteEmailAccount, deletePhoneAccount } from './methods/delete-own-account.ts';
import { linkPhoneNumberWithAccount } from './methods/link-phone-number-with-account.ts';
import { lookUpMethods } from './methods/look-ups.ts';
import { passwordMethods } from './methods/passwords.ts';
import { recoverAccountFromConfirmationKey } from './methods/recover-account-from-confirmation-key.ts';
import { recoverEmailAccount } from './methods/recover-email-account.ts';
import { recoverPhoneAccount } from './methods/recover-phone-account.ts';
import { testMethods } from './methods/test-methods.ts';
import { updateEmail } from './methods/update-email.ts';
import { updateHash } from './methods/update-hash.ts';

/** Every method of the endpoint (xmlrpc.md §7). */
export const methods: readonly Method[] = [
  ...lookUpMethods,
  createEmailAccount,
  createEmailMd5Sha256Account,
  createPhoneAccount,
  createPushAccount,
  activateEmailAccount,
  activatePhoneAccount,
  linkPhoneNumberWithAccount,
  activatePhoneNumberLink,
  recoverPhoneAccount,
  recoverEmailAccount,
  recoverAccountFromConfirmationKey,
  updateHash,
  ...passwordMethods,
  updateEmail,
  deleteEmailAccount,
  deletePhoneAccount,
  ...accountDetailsMethods,
  addEcCalibrationResult,
  ...testMethods,
];
