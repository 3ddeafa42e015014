import type { ApplyReport } from '../config/apply-provisioning.ts';

/** How configuring ended, with liblinphone's numbers. */
export const ConfiguringState = { Successful: 0, Failed: 1, Skipped: 2 } as const;
export type ConfiguringState = (typeof ConfiguringState)[keyof typeof ConfiguringState];

/** Why it failed, in liblinphone's words. */
export type ProvisioningFailure =
  /** Not `file:` or `http…:` with a host, an unreadable file, a header no request can carry. */
  | 'Bad URI'
  /** Plain HTTP while `[sip] https_only` is set. */
  | 'invalid request'
  /** A status other than 200 and 401, or a redirection that is not followed. */
  | 'http error'
  /** A 401 nobody had credentials for. */
  | 'http auth requested'
  /** DNS, connection, TLS, a damaged body. */
  | 'http io error'
  | 'http timeout'
  /** The document is not acceptable XML. */
  | 'invalid xml';

/** The result of one attempt to be provisioned. */
export type ProvisioningOutcome =
  | {
      readonly state: typeof ConfiguringState.Successful;
      readonly message: undefined;
      readonly report: ApplyReport;
    }
  | {
      readonly state: typeof ConfiguringState.Failed;
      readonly message: ProvisioningFailure;
      /** What was caught, for a log. */
      readonly cause?: unknown;
    }
  | { readonly state: typeof ConfiguringState.Skipped; readonly message: undefined };
