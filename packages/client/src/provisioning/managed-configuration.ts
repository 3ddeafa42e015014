import { mergeProvisioning, readProvisioning } from '../config/apply-provisioning.ts';
import type { ConfigStore } from '../config/config-store.ts';
import { ProvisioningError } from './provisioning-error.ts';
import { ProvisioningSettings } from './provisioning-settings.ts';

/** What a device management system hands to the application; same keys on Android and iOS. */
export interface ManagedConfiguration {
  /** A provisioning document. */
  readonly xmlConfig?: string | undefined;
  /** Certificates to trust, PEM. */
  readonly rootCa?: string | undefined;
  /** The provisioning URI. */
  readonly configUri?: string | undefined;
}

/** Beside the configuration file. */
const ROOT_CA_FILE = 'managed-root-ca.pem';

/**
 * Applies a managed configuration: document, then certificates, then URI if it is another one
 * (provisioning-client.md §3.2). The extra headers of the former URI go with it: they were meant for its
 * server. The core has to be restarted afterwards. Whatever is thrown, nothing has changed.
 *
 * @throws ConfigError `config-bad-xml`, ProvisioningError `provisioning-bad-uri`, `provisioning-root-ca`.
 */
export async function applyManagedConfiguration(
  store: ConfigStore,
  { xmlConfig, rootCa, configUri }: ManagedConfiguration,
): Promise<void> {
  const document = xmlConfig === undefined ? undefined : readProvisioning(xmlConfig);
  const rootCaPath = rootCa === undefined ? undefined : await keepRootCa(store, rootCa);
  const settings = new ProvisioningSettings(store);
  if (configUri !== undefined && configUri !== settings.uri) {
    settings.uri = configUri;
    settings.clearHeaders();
  }
  if (document !== undefined) mergeProvisioning(store, document);
  if (rootCaPath !== undefined) store.setString('sip', 'root_ca', rootCaPath);
  // The document may have named another one.
  if (configUri !== undefined) settings.uri = configUri;
  await store.sync();
}

async function keepRootCa(store: ConfigStore, rootCa: string): Promise<string> {
  const path = await store.files.write(ROOT_CA_FILE, rootCa);
  if (path !== undefined) return path;
  throw new ProvisioningError('provisioning-root-ca', 'the certificates cannot be written');
}
