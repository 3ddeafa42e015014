import { invalid, notFound, type ServiceError, tooManyRequests } from '../errors/service-error.ts';
import { type ErrorResult, Refusal } from '../xmlrpc/result.ts';

/** What these endpoints tell apart; all else looks like an account that does not exist. */
const told: Partial<Record<ErrorResult, () => ServiceError>> = {
  ERROR_CANNOT_SEND_SMS: () => invalid({ phone: 'validation.phone' }),
  ERROR_NON_TEST_ACCOUNTS_UNAUTHORIZED: () => invalid({ phone: 'validation.phone' }),
  ERROR_MAX_SMS_EXCEEDED: () => tooManyRequests(),
};

/**
 * Runs what is shared with XML-RPC and turns its refusals into those of the API. Unknown and blocked
 * accounts, wrong, spent and expired keys are all "not found".
 * @throws ServiceError
 */
export async function refusingAsApi<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw told[error.result]?.() ?? notFound('account.not_found');
  }
}
