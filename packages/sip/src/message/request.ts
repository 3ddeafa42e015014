import { SipArgumentError } from '../errors/sip-argument-error.ts';
import { isToken } from './chars.ts';
import { createHeaders } from './headers.ts';
import type { SipRequest } from './message.ts';

const NO_BODY = new Uint8Array(0);

/**
 * A request with these headers, in this order.
 *
 * @throws SipArgumentError when method, URI or a header cannot be written.
 */
export function createRequest(
  method: string,
  requestUri: string,
  headerEntries: Iterable<readonly [name: string, value: string]>,
  body: Uint8Array = NO_BODY,
): SipRequest {
  if (!isToken(method)) throw new SipArgumentError('method is not a token');
  if (requestUri === '' || /\s/.test(requestUri)) throw new SipArgumentError('Request-URI');
  return { kind: 'request', method, requestUri, headers: createHeaders(headerEntries), body };
}
