import type { SipRequest, SipResponse } from '../message/message.ts';
import { serializeNameAddr } from '../message/name-addr.ts';
import { createResponse } from '../message/response.ts';
import type { Binding } from './binding.ts';

/** 200 with every current binding and the seconds it still has (RFC 3261 §10.3 step 8). */
export function registeredResponse(
  request: SipRequest,
  bindings: readonly Binding[],
  now: number,
): SipResponse {
  const headers: [string, string][] = bindings.map(({ contact, expiresAt }) => {
    const params = new Map(contact.params);
    params.set('expires', String(Math.max(1, Math.ceil((expiresAt - now) / 1000))));
    return ['Contact', serializeNameAddr({ ...contact, params })];
  });
  // RFC 3327 §5.3: only to clients that said they understand it.
  const supportsPath = request.headers
    .getAll('supported')
    .some((tag) => tag.toLowerCase() === 'path');
  const path = request.headers.getAll('path');
  if (supportsPath && path.length > 0) headers.push(['Path', path.join(', ')]);
  headers.push(['Date', new Date(now).toUTCString()]);
  return createResponse(request, 200, undefined, headers);
}
