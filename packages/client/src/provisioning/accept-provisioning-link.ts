import { type ProvisioningLink, parseProvisioningLink } from './provisioning-link.ts';
import type { ProvisioningSettings } from './provisioning-settings.ts';

/** What became of a link; only after `accepted` the core has to be restarted. */
export type LinkOutcome = 'accepted' | 'declined' | 'not-a-link';

/**
 * Takes a QR code or deep link as the new provisioning URI, if the user agrees: any web page can open
 * such a link, and what it points to can replace the whole configuration.
 *
 * @param consent Shows where the configuration would come from and asks.
 */
export async function acceptProvisioningLink(
  text: string,
  settings: ProvisioningSettings,
  consent: (link: ProvisioningLink) => boolean | Promise<boolean>,
): Promise<LinkOutcome> {
  const link = parseProvisioningLink(text);
  if (link === undefined) return 'not-a-link';
  if (!(await consent(link))) return 'declined';
  // Headers were meant for the server of the previous URI.
  settings.clearHeaders();
  settings.uri = link.provisioningUri;
  return 'accepted';
}
