import type { ProvisioningDocument } from '@dialtone/contract';
import type { Account } from '../accounts/account.ts';
import { hashPassword } from '../accounts/password/hash-password.ts';
import type { StoredPassword } from '../accounts/password/password.repository.ts';
import { carddavServersOfSpace } from '../spaces/carddav/carddav-server.repository.ts';
import { getSpace } from '../spaces/space.service.ts';
import { buildDocument, type Refetch } from './document/build-document.ts';
import { knowsDirectories } from './document/knows-directories.ts';
import type { ProvisionedAccount } from './document/provisioned-account.ts';
import { runHooks } from './hooks/run-hooks.ts';
import { loadProvisionedAccount } from './provisioned-account.service.ts';
import type { ProvisioningPlatform, ProvisioningRequest } from './provisioning-platform.ts';
import { registrarAddress } from './registrar-address.ts';

/** A document that is ready, and what must be stored before a phone may have it. */
export interface Draft {
  readonly document: ProvisioningDocument;
  /** New hashes that the document carries; undefined: the stored ones stay. */
  readonly passwords: readonly StoredPassword[] | undefined;
}

/** Length of passwords that only ever travel as a hash in a document. */
const RESET_PASSWORD_LENGTH = 10;

/** The document everybody gets. */
export function publicDocument(
  platform: ProvisioningPlatform,
  request: ProvisioningRequest,
): Promise<ProvisioningDocument> {
  return completeDocument(platform, request, undefined);
}

/**
 * Prepares the document of an account and changes nothing: a hook that fails must cost neither the
 * token nor the password.
 */
export async function draftDocument(
  platform: ProvisioningPlatform,
  request: ProvisioningRequest,
  account: Account,
): Promise<Draft> {
  const space =
    request.space.domain === account.domain
      ? request.space
      : await getSpace(platform, account.domain);
  // A space without digest configuration has no passwords to reset (flexiapi-core.md §8.7).
  const passwords =
    request.resetPassword && space.digest !== undefined
      ? hashPassword(space, account.username, platform.random.token(RESET_PASSWORD_LENGTH))
      : undefined;
  const provisioned = await loadProvisionedAccount(platform, account, space, passwords);
  return { document: await completeDocument(platform, request, provisioned), passwords };
}

async function completeDocument(
  platform: ProvisioningPlatform,
  request: ProvisioningRequest,
  account: ProvisionedAccount | undefined,
): Promise<ProvisioningDocument> {
  const { space, origin, userAgent } = request;
  const { provisioning } = platform.config;
  const document = buildDocument({
    origin,
    space,
    directories: await carddavServersOfSpace(platform.db, space.id),
    knowsDirectories: knowsDirectories(userAgent),
    account,
    registrar: registrarAddress(account?.space ?? space, {
      sipProxy: provisioning.sipProxy,
      embedded: platform.registrarPorts,
      origin,
    }),
    uris: provisioning.uris,
    // At the stable URL a phone asks for changes, by itself; what its owner switched off stays off.
    switchOn: !request.authenticated,
    refetch: refetchOf(account, provisioning.refetch, request),
    externalDependsOnAccount: provisioning.externalDependsOnAccount,
  });
  return runHooks(platform, request, account?.account, document);
}

/** Without a password a phone authenticates at the stable URL only if it has something else, and uses it. */
function refetchOf(
  account: ProvisionedAccount | undefined,
  wanted: 'me' | 'once',
  { authenticated }: Pick<ProvisioningRequest, 'authenticated'>,
): Refetch {
  if (account === undefined) return 'same';
  return account.credentials === undefined && !authenticated ? 'once' : wanted;
}
