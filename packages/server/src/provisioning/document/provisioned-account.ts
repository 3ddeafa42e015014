import type { PasswordAlgorithm } from '@dialtone/contract';
import type { Account } from '../../accounts/account.ts';
import type { Space } from '../../spaces/space.ts';

/** A hash with which a phone authenticates; realm and algorithm always travel with it. */
export interface ProvisionedCredentials {
  readonly username: string;
  /** Absent for CardDAV servers, whose realm alone selects the credentials. */
  readonly domain: string | undefined;
  readonly realm: string;
  readonly algorithm: PasswordAlgorithm;
  readonly ha1: string;
}

/** The account at a third-party provider that the phone registers as well. */
export interface ProvisionedExternalAccount {
  readonly username: string;
  readonly domain: string;
  /** Undefined: the domain. */
  readonly realm: string | undefined;
  readonly ha1: string;
  readonly algorithm: PasswordAlgorithm;
  /** Host or SIP URI; undefined: the domain. */
  readonly registrar: string | undefined;
  readonly outboundProxy: string | undefined;
  readonly protocol: 'UDP' | 'TCP' | 'TLS';
}

/** Short-lived TURN credentials (TURN REST draft). */
export interface ProvisionedTurn {
  /** `host[:port]`. */
  readonly server: string;
  readonly username: string;
  readonly password: string;
}

/** Everything a document says about one account. */
export interface ProvisionedAccount {
  readonly account: Account;
  /** The account's own space, which may not be the one whose host was asked. */
  readonly space: Space;
  /** One algorithm only: a phone keeps the last of several (real-clients.md §3). */
  readonly credentials: ProvisionedCredentials | undefined;
  readonly cardDav: readonly ProvisionedCredentials[];
  readonly external: ProvisionedExternalAccount | undefined;
  readonly turn: ProvisionedTurn | undefined;
}
