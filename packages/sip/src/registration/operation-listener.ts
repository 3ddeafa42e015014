import type { SipResponse } from '../message/message.ts';
import type { NameAddr } from '../message/name-addr.ts';
import type { ErrorInfo } from './error-info.ts';

/** What became of a REGISTER, told to the state machine above. */
export interface OperationListener {
  /** The binding exists, or was refreshed; `contact` is how we are reachable. */
  onRegistered(response: SipResponse, contact: NameAddr): void;
  /** The binding was removed. */
  onUnregistered(response: SipResponse): void;
  /** `connectionLost`: 503 or a transport error; a registered account is then only being re-established. */
  onFailed(error: ErrorInfo, connectionLost: boolean): void;
  /** Refused for now and tried again later, which nobody needs to hear of. */
  onPostponed(): void;
  /** Credentials arrived after the failure was reported; the REGISTER is sent again. */
  onAuthenticating(): void;
}
