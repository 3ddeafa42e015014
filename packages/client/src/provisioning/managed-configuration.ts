import type { ConfigStore } from '../config/config-store.ts';
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
 * (provisioning-client.md §3.2). The core has to be restarted afterwards.
 *
 * @throws ConfigError `config-bad-xml`, ProvisioningError `provisioning-bad-uri`.
 */
export async function applyManagedConfiguration(
  store: ConfigStore,
  managed: ManagedConfiguration,
): Promise<void> {
  if (managed.xmlConfig !== undefined) await store.applyXml(managed.xmlConfig);
  if (managed.rootCa !== undefined) {
    const path = await store.files.write(ROOT_CA_FILE, managed.rootCa);
    if (path !== undefined) store.setString('sip', 'root_ca', path);
  }
  const settings = new ProvisioningSettings(store);
  if (managed.configUri !== undefined && managed.configUri !== settings.uri) {
    settings.uri = managed.configUri;
  }
  await store.sync();
}
