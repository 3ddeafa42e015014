import {
  type ParsedProvisioning,
  type ProvisioningNotice,
  decodeXml,
  isWritableKey,
  isWritableSectionName,
  parseProvisioningXml,
} from '@dialtone/contract';
import { ConfigError } from './config-error.ts';
import type { ConfigStore } from './config-store.ts';

/**
 * Reads a provisioning document.
 *
 * @throws ConfigError `config-bad-xml` with liblinphone's message.
 */
export function readProvisioning(content: string | Uint8Array): ParsedProvisioning {
  try {
    return parseProvisioningXml(typeof content === 'string' ? content : decodeXml(content));
  } catch (cause) {
    throw new ConfigError('config-bad-xml', 'invalid xml', { cause });
  }
}

/** What merging a provisioning document did. */
export interface ApplyReport {
  /** Entries set, including those that already had that value. */
  readonly written: number;
  /** Entries removed by an empty value with `overwrite`. */
  readonly removed: number;
  /** Entries that left an existing value as it was. */
  readonly kept: number;
  readonly notices: readonly (ProvisioningNotice | UnwritableName)[];
}

/** An entry that was skipped, as a configuration file could not hold its name. */
export interface UnwritableName {
  readonly code: 'unwritable-name';
  /** The section. */
  readonly context: string;
}

/**
 * Merges a document into `store`, in document order: an entry is set when the store has none of that
 * name or when it says `overwrite`. Then makes `proxy_0` the default account if none is named
 * (provisioning-client.md §1.10). Nothing is written to a file.
 */
export function mergeProvisioning(store: ConfigStore, document: ParsedProvisioning): ApplyReport {
  const notices: (ProvisioningNotice | UnwritableName)[] = [...document.notices];
  let written = 0;
  let removed = 0;
  let kept = 0;
  for (const { name: section, entries } of document.sections) {
    for (const { name, value, overwrite } of entries) {
      const present = store.hasEntry(section, name);
      if (!isWritableSectionName(section) || !isWritableKey(name)) {
        notices.push({ code: 'unwritable-name', context: section });
      } else if (present && !overwrite) {
        kept += 1;
      } else if (value !== '') {
        store.setString(section, name, value);
        written += 1;
      } else if (present) {
        store.removeEntry(section, name);
        removed += 1;
      }
    }
  }
  if (store.hasSection('proxy_0') && store.getInt('sip', 'default_proxy', -1) === -1) {
    store.setInt('sip', 'default_proxy', 0);
  }
  return { written, removed, kept, notices };
}
