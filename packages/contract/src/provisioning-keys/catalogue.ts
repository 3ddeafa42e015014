import { accountKeys } from './account-keys.ts';
import { appKeys } from './app-keys.ts';
import { coreKeys } from './core-keys.ts';
import { directoryKeys } from './directory-keys.ts';
import type { ProvisioningKey } from './provisioning-key.ts';

/** Every configuration key that Linphone is known to read, in the order of docs/provisioning-keys.md. */
export const provisioningKeys: readonly ProvisioningKey[] = [
  ...accountKeys,
  ...coreKeys,
  ...directoryKeys,
  ...appKeys,
];
