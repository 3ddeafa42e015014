import type { AccountCreator } from './account-creator.ts';
import type { AccountCreatorStatus } from './enums.ts';
import type { AccountCreatorResult } from './requests.ts';

/**
 * Told the final status of a request, with the raw text of the answer, or null when there was none.
 */
export type AccountCreatorStatusCb = (
  creator: AccountCreator,
  status: AccountCreatorStatus,
  response: string | null,
) => void;

/** One optional method per kind of result: `onIsAccountExist`, `onCreateAccount` … */
export type AccountCreatorListener = {
  [Result in AccountCreatorResult]?: AccountCreatorStatusCb | undefined;
};
