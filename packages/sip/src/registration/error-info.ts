import type { SipResponse } from '../message/message.ts';
import { Reason, reasonFromStatus } from './reason.ts';

/** How the last REGISTER ended, as applications see it (registration.md §2.5). */
export interface ErrorInfo {
  readonly protocol: 'SIP' | 'none';
  /** SIP status; 408 for a timeout, 503 for any DNS, connection or TLS failure, 0 before the first answer. */
  readonly code: number;
  /** Reason phrase as the server sent it, `timeout` or `io error`. */
  readonly phrase: string;
  readonly reason: Reason;
  /** Seconds of `Retry-After`; undefined when absent. */
  readonly retryAfterSeconds: number | undefined;
  /** The first `Reason` header (RFC 3326) of the answer, when it has one. */
  readonly subError:
    | { readonly protocol: string; readonly code: number; readonly phrase: string }
    | undefined;
}

function fixed(protocol: ErrorInfo['protocol'], code: number, phrase: string): ErrorInfo {
  const reason = code === 0 ? Reason.None : reasonFromStatus(code);
  return { protocol, code, phrase, reason, retryAfterSeconds: undefined, subError: undefined };
}

/** Nothing happened yet. */
export const NO_ERROR: ErrorInfo = fixed('none', 0, '');
/** The last REGISTER was accepted; one shared object, so that a registered account stores no copy. */
export const SUCCESS: ErrorInfo = fixed('SIP', 200, 'OK');
/** No final answer within 64*T1. */
export const TIMEOUT: ErrorInfo = fixed('SIP', 408, 'timeout');
/** Resolution, connection, TLS or sending failed. */
export const IO_ERROR: ErrorInfo = fixed('SIP', 503, 'io error');

export function errorInfoFromResponse(response: SipResponse): ErrorInfo {
  return {
    protocol: 'SIP',
    code: response.status,
    phrase: response.reason,
    reason: reasonFromStatus(response.status),
    retryAfterSeconds: response.headers.retryAfter,
    subError: parseReasonHeader(response.headers.get('Reason')),
  };
}

/** `SIP;cause=580;text="Precondition"` (RFC 3326 §2). */
function parseReasonHeader(value: string | undefined): ErrorInfo['subError'] {
  const match = value === undefined ? null : /^\s*([\w-]{1,32})\s*(;.*)?$/.exec(value);
  if (match === null) return undefined;
  const parameters = match[2] ?? '';
  const cause = /;\s*cause\s*=\s*(\d{1,9})/i.exec(parameters)?.[1];
  const text = /;\s*text\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(parameters)?.[1];
  return {
    protocol: match[1] ?? '',
    code: Number(cause ?? 0),
    phrase: (text ?? '').replaceAll(/\\(.)/g, '$1'),
  };
}
