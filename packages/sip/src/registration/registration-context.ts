import type { Clock } from '../time/clock.ts';
import type { Random } from '../time/random.ts';
import type { SipUri } from '../message/uri.ts';
import type { Flow, NextHop } from '../transport/transport.ts';
import type { RequestSender } from '../user-agent/pending-request.ts';
import type { CredentialsStore } from './credentials.ts';
import { FlowWatch } from './flow-watch.ts';
import { NonceCache } from './nonce-cache.ts';
import { PendingAuthentications } from './pending-authentications.ts';
import { PublicAddresses } from './public-addresses.ts';
import { DEFAULT_SETTINGS, type RegistrationSettings } from './settings.ts';

/** What all registrations of one user agent share. */
export interface RegistrationContext {
  readonly clock: Clock;
  readonly random: Random;
  readonly sender: RequestSender;
  readonly settings: RegistrationSettings;
  /** Where requests to a URI go; undefined when its transport is not available. */
  readonly route: (uri: SipUri) => NextHop | undefined;
  readonly credentials: CredentialsStore;
  /** Keep-alives on this flow are answered from now on (RFC 5626 §4.4.1). */
  readonly superviseFlow?: ((flow: Flow) => void) | undefined;
  readonly pendingAuthentications: PendingAuthentications;
  readonly nonces: NonceCache;
  readonly flows: FlowWatch;
  readonly publicAddresses: PublicAddresses;
}

/** Completes a context; `settings` is read live. */
export function createRegistrationContext(
  parts: Pick<RegistrationContext, 'clock' | 'random' | 'sender' | 'route' | 'credentials'> & {
    readonly settings?: RegistrationSettings;
    readonly superviseFlow?: (flow: Flow) => void;
  },
): RegistrationContext {
  return {
    ...parts,
    settings: parts.settings ?? DEFAULT_SETTINGS,
    pendingAuthentications: new PendingAuthentications(parts.clock, parts.credentials),
    nonces: new NonceCache(),
    flows: new FlowWatch(),
    publicAddresses: new PublicAddresses(),
  };
}
