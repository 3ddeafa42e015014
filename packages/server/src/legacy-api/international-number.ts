import { notFound } from '../errors/service-error.ts';
import { storedForm } from '../xmlrpc/named-account.ts';

/**
 * A phone number in stored form.
 * @throws ServiceError `account.not_found` for other texts: they may be the names of accounts
 */
export function internationalNumber(text: string): string {
  const number = storedForm(text);
  if (!number.startsWith('+')) throw notFound('account.not_found');
  return number;
}
