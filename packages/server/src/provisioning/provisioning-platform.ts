import type { AccountsPlatform } from '../accounts/account-hooks.ts';
import type { RequestContext } from '../http/request-context.ts';
import type { ProvisioningHooks } from './hooks/provisioning-hooks.ts';
import type { RegistrarPorts } from './registrar-address.ts';

/** What provisioning needs besides the account services. */
export interface ProvisioningPlatform extends AccountsPlatform {
  /** Where the embedded registrar listens; undefined when it does not run. */
  readonly registrarPorts?: RegistrarPorts | undefined;
  readonly provisioningHooks?: ProvisioningHooks | undefined;
}

/** The part of a request that shapes a document. */
export interface ProvisioningRequest
  extends Pick<RequestContext, 'space' | 'origin' | 'ip' | 'userAgent' | 'header'> {
  /** Query parameters as sent, for hooks. */
  readonly query: Readonly<Record<string, unknown>>;
  /** The phone has proved who it is at the stable URL, and can do so again. */
  readonly authenticated: boolean;
  /** `reset_password` was asked for, with any value. */
  readonly resetPassword: boolean;
  /** Somebody only looks: nothing is handed out. */
  readonly preview: boolean;
}
