import type { Clock, Random } from '@dialtone/sip';
import {
  type ApplyReport,
  mergeProvisioning,
  readProvisioning,
} from '../config/apply-provisioning.ts';
import { ConfigError } from '../config/config-error.ts';
import type { ConfigStore } from '../config/config-store.ts';
import type { AuthenticationHandler } from '../http/authentication.ts';
import type { CredentialsProvider } from '../http/credentials.ts';
import { type HttpSettings, readHttpSettings } from '../http/http-settings.ts';
import { ConfiguringState, type ProvisioningOutcome } from './configuring-state.ts';
import { DownloadError, downloadProvisioning } from './download.ts';
import { ProvisioningSettings } from './provisioning-settings.ts';

/** What provisioning needs of the core it serves. */
export interface ProvisioningOptions {
  readonly store: ConfigStore;
  /** `User-Agent` of the request. */
  readonly userAgent: string;
  /** Identity URI of the default account, `sip:user@domain`; else the configured address is used. */
  readonly identity?: string | undefined;
  readonly credentials?: CredentialsProvider | undefined;
  /** Called when the server wants credentials nobody has; without it provisioning fails at once. */
  readonly onAuthenticationRequested?: AuthenticationHandler | undefined;
  /** Default: as the store's `[sip]` section says. */
  readonly http?: (() => Promise<HttpSettings>) | undefined;
  readonly clock?: Clock | undefined;
  readonly random?: Random | undefined;
  /** Aborted when the core stops: the outcome is then Skipped, never Failed. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Fetches the document at `[misc] config-uri` and merges it into the store
 * (provisioning-client.md §2.3–2.7). Never rejects. A failure changes nothing. Accounts and auth
 * infos in memory are the caller's: after a success it reads them from the store again.
 *
 * @example
 * const outcome = await fetchAndApplyProvisioning({ store, userAgent: 'Phone/1.0', signal });
 * notifyConfiguringStatus(outcome.state, outcome.message);
 * settleProvisioning(store, outcome);
 */
export async function fetchAndApplyProvisioning(
  options: ProvisioningOptions,
): Promise<ProvisioningOutcome> {
  const { store, signal } = options;
  const settings = new ProvisioningSettings(store);
  const { uri } = settings;
  if (uri === undefined) return SKIPPED;
  try {
    const document = await downloadProvisioning({
      uri,
      headers: settings.headers,
      from: options.identity ?? settings.fromAddress,
      userAgent: options.userAgent,
      credentials: options.credentials,
      onAuthenticationRequested: options.onAuthenticationRequested,
      http: await (options.http?.() ?? readHttpSettings(store)),
      clock: options.clock,
      random: options.random,
      signal,
    });
    if (signal?.aborted === true) return SKIPPED;
    const report = await applyDocument(store, document);
    return { state: ConfiguringState.Successful, message: undefined, report };
  } catch (cause) {
    if (signal?.aborted === true) return SKIPPED;
    if (cause instanceof DownloadError) {
      return { state: ConfiguringState.Failed, message: cause.failure, cause };
    }
    if (cause instanceof ConfigError) {
      return { state: ConfiguringState.Failed, message: 'invalid xml', cause };
    }
    throw cause;
  }
}

const SKIPPED: ProvisioningOutcome = { state: ConfiguringState.Skipped, message: undefined };

/**
 * Forgets a transient URI and its headers after a success. To be called once the application has
 * been told the outcome.
 */
export function settleProvisioning(store: ConfigStore, outcome: ProvisioningOutcome): void {
  const settings = new ProvisioningSettings(store);
  if (outcome.state === ConfiguringState.Successful && settings.transient) {
    settings.uri = undefined;
  }
}

/** Read before anything is pruned, so that a bad document changes nothing. */
async function applyDocument(store: ConfigStore, content: Uint8Array): Promise<ApplyReport> {
  const document = readProvisioning(content);
  for (let index = 0; store.hasSection(`auth_info_${index}`); index += 1) {
    store.removeSection(`auth_info_${index}`);
  }
  const report = mergeProvisioning(store, document);
  store.applyFactory();
  await store.sync();
  return report;
}
