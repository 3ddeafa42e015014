import type { Account } from '../accounts/account.ts';
import type { Platform } from '../platform.ts';
import { publicOrigin } from '../spaces/public-origin.ts';
import { getSpace } from '../spaces/space.service.ts';
import { createProvisioningToken, type ProvisioningToken } from '../tokens/provisioning-token.ts';

interface IssueOptions {
  /** Where the phone reaches the server; default: the public URL of the account's space. */
  readonly baseUrl?: string | undefined;
  /** The phone that uses the URL gets a new password. */
  readonly resetPassword?: boolean;
}

/** A fresh token as the URL a phone scans. */
export interface IssuedProvisioning extends ProvisioningToken {
  readonly url: string;
}

/** Makes a provisioning URL for an account; its earlier ones stop working. */
export async function issueProvisioning(
  platform: Pick<Platform, 'db' | 'clock' | 'random' | 'config'>,
  account: Pick<Account, 'id' | 'domain'>,
  { baseUrl, resetPassword = false }: IssueOptions = {},
): Promise<IssuedProvisioning> {
  const space = await getSpace(platform, account.domain);
  const origin = baseUrl?.replace(/\/+$/, '') ?? publicOrigin(platform.config, space);
  const issued = await createProvisioningToken(platform, account.id);
  const url = `${origin}/provisioning/${issued.token}${resetPassword ? '?reset_password=1' : ''}`;
  return { ...issued, url };
}
