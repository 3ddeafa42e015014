import { HttpError } from '../http/http-error.ts';
import type { HttpRequest, HttpResponse } from '../http/http-message.ts';
import { ContactsError } from './contacts-error.ts';

/** Sends a request with the settings of a core. */
export type SendHttp = (request: HttpRequest) => Promise<HttpResponse>;

/**
 * Asks a server of contacts; any other status than the expected one is an error.
 *
 * @throws ContactsError
 */
export async function requestContacts(
  http: SendHttp,
  request: HttpRequest,
  expectedStatus: number,
): Promise<HttpResponse> {
  let response: HttpResponse;
  try {
    response = await http(request);
  } catch (cause) {
    if (!(cause instanceof HttpError)) throw cause;
    throw new ContactsError('contacts-unreachable', cause.message, { cause });
  }
  const { status } = response;
  if (status === expectedStatus) return response;
  if (status === 401) throw new ContactsError('contacts-unauthorized', 'credentials are missing');
  throw new ContactsError('contacts-status', `the server answered ${status}`);
}
