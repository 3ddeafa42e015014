import type { Account } from '../accounts/account.ts';
import type { StoredPassword } from '../accounts/password/password.repository.ts';
import type { Platform } from '../platform.ts';
import { realmOf, type Space } from '../spaces/space.ts';
import { createTurnCredentials } from '../turn/turn-credentials.ts';
import type { ProvisionedAccount, ProvisionedTurn } from './document/provisioned-account.ts';
import { selectAccountCredentials } from './provisioning.repository.ts';

type Reader = Pick<Platform, 'db' | 'clock' | 'random' | 'config'>;

/**
 * Reads all that a document says about an account.
 *
 * @param space the account's own
 * @param passwords hashes that are about to replace the stored ones
 */
export async function loadProvisionedAccount(
  platform: Reader,
  account: Account,
  space: Space,
  passwords?: readonly StoredPassword[],
): Promise<ProvisionedAccount> {
  const { id, username, domain } = account;
  const stored = await selectAccountCredentials(platform.db, id);
  const password = chosenPassword(space, passwords ?? stored.passwords);
  return {
    account,
    space,
    credentials:
      password === undefined ? undefined : { username, domain, realm: realmOf(space), ...password },
    cardDav: stored.cardDav,
    external: stored.external,
    turn: turnOf(platform),
  };
}

/** One algorithm a phone: the one the space gives new passwords, else the strongest there is. */
function chosenPassword(
  space: Space,
  passwords: readonly StoredPassword[],
): StoredPassword | undefined {
  const preferred = space.digest?.defaultPasswordAlgorithm;
  return (
    passwords.find(({ algorithm }) => algorithm === preferred) ??
    passwords.find(({ algorithm }) => algorithm === 'SHA-256') ??
    passwords[0]
  );
}

function turnOf(platform: Reader): ProvisionedTurn | undefined {
  const { host, secret } = platform.config.turn;
  if (host === undefined || secret === undefined) return undefined;
  const { username, password } = createTurnCredentials(platform);
  return { server: host, username, password };
}
