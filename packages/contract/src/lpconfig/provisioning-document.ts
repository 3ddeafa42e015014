/** Namespace of a provisioning document (provisioning-client.md §1.9). */
export const LPCONFIG_NAMESPACE = 'http://www.linphone.org/xsds/lpconfig.xsd';

/** One configuration value to set. */
export interface ProvisioningEntry {
  readonly name: string;
  /** Empty with `overwrite`: the key is removed. Empty without: no effect. */
  readonly value: string;
  /** Whether a value the client already has is replaced. */
  readonly overwrite: boolean;
}

/** A `linphonerc` section; several of the same name are applied in order. */
export interface ProvisioningSection {
  readonly name: string;
  readonly entries: readonly ProvisioningEntry[];
}

/** What a provisioning server sends and a client merges into its configuration, in document order. */
export interface ProvisioningDocument {
  readonly sections: readonly ProvisioningSection[];
}
