import type { AccountCreator } from './account-creator.ts';
import { AccountCreatorStatus } from './enums.ts';
import type { AccountCreatorRequest } from './requests.ts';

/** Ends a request for which a field is missing: notified at once, and the provisional status too. */
export function missingParameters(
  creator: AccountCreator,
  name: AccountCreatorRequest,
  text = 'Missing required parameters',
): AccountCreatorStatus {
  creator.notify(name, AccountCreatorStatus.MissingArguments, text);
  return AccountCreatorStatus.MissingArguments;
}
