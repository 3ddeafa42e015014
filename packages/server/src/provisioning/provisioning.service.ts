import { serializeProvisioningXml } from '@dialtone/contract';
import { callHook } from '../accounts/account-hooks.ts';
import type { Account } from '../accounts/account.ts';
import { replacePasswords } from '../accounts/password/password.repository.ts';
import { groupedTransaction } from '../db/grouped-transaction.ts';
import type { Db } from '../db/database.ts';
import { whileUnchanged } from '../db/while-unchanged.ts';
import { gone, notFound } from '../errors/service-error.ts';
import { spaceTables } from '../spaces/space.repository.ts';
import { getSpace } from '../spaces/space.service.ts';
import { consumeAuthToken, peekAuthToken } from '../tokens/auth-token.ts';
import {
  findProvisioningToken,
  spendProvisioningToken,
  type UnusedProvisioningToken,
} from '../tokens/use-provisioning-token.ts';
import { knowsDirectories } from './document/knows-directories.ts';
import { type Draft, draftDocument, publicDocument } from './provisioning-document.service.ts';
import type { ProvisioningPlatform, ProvisioningRequest } from './provisioning-platform.ts';

/** Public documents kept: each `Host` that is asked for has its own. */
const mostPublicDocuments = 100;

/** `GET /provisioning`: what the space tells everybody, written once for as long as nothing changes. */
export function publicDocuments(
  platform: ProvisioningPlatform,
): (request: ProvisioningRequest) => string | Promise<string> {
  const write = async (db: Db, request: ProvisioningRequest): Promise<string> =>
    serializeProvisioningXml(await publicDocument({ ...platform, db }, request));
  // Hooks may look at anything in the request, or elsewhere.
  if (platform.provisioningHooks !== undefined) return (request) => write(platform.db, request);
  const kept = whileUnchanged(
    async (db, request: ProvisioningRequest) =>
      // The space as it is now: the request may have waited since it found its own.
      write(db, { ...request, space: await getSpace({ db }, request.space.domain) }),
    ({ space, origin, userAgent }) =>
      `${space.domain} ${origin} ${String(knowsDirectories(userAgent))}`,
    { mostAnswers: mostPublicDocuments, tables: [...spaceTables, 'space_carddav_servers'] },
  );
  return (request) => kept(platform.db, request);
}

/** `GET /provisioning/me`. */
export async function provisionAccount(
  platform: ProvisioningPlatform,
  request: ProvisioningRequest,
  account: Account,
): Promise<string> {
  const draft = await draftDocument(platform, request, account);
  if (draft.passwords !== undefined) {
    await groupedTransaction(platform.db, (trx) => storePasswords(trx, account, draft));
  }
  return release(platform, account, draft);
}

/**
 * A token that can still be spent.
 * @throws ServiceError `token.not_found`, `token.expired`
 */
export async function usableToken(
  platform: Pick<ProvisioningPlatform, 'db' | 'clock' | 'config'>,
  token: string,
): Promise<UnusedProvisioningToken> {
  const found = await findProvisioningToken(platform, token);
  if (found === undefined || found.state === 'replaced') throw notFound('token.not_found');
  if (found.state === 'expired') throw gone('token.expired');
  return found;
}

/**
 * `GET /provisioning/{token}`: the document is made first; then the token is spent, the account
 * activated and its new password stored in one transaction. Of many requests with one token exactly
 * one is answered.
 * @throws ServiceError `token.not_found`, `token.expired`
 */
export async function provisionByToken(
  platform: ProvisioningPlatform,
  request: ProvisioningRequest,
  token: string,
): Promise<string> {
  const found = await usableToken(platform, token);
  const { account } = found;
  const draft = await draftDocument(platform, request, account);
  const spend = async (db: Db): Promise<void> => {
    const spent = await spendProvisioningToken(db, found, platform.clock.now());
    if (!spent) throw notFound('token.not_found');
  };
  // Nearly always: statements alone share a commit for much less than transactions do.
  if (draft.passwords === undefined) await spend(platform.db);
  else {
    await groupedTransaction(platform.db, async (trx) => {
      await spend(trx);
      await storePasswords(trx, account, draft);
    });
  }
  if (!account.activated) await tell(platform, 'activated', { ...account, activated: true });
  return release(platform, account, draft);
}

/**
 * `GET /provisioning/auth_token/{token}`: spends an attached auth token of an account of this space.
 * @throws ServiceError `token.not_found`
 */
export async function provisionByAuthToken(
  platform: ProvisioningPlatform,
  request: ProvisioningRequest,
  token: string,
): Promise<string> {
  const { space } = request;
  const owner = await peekAuthToken(platform, space, token);
  if (owner === undefined) throw notFound('token.not_found');
  const draft = await draftDocument(platform, request, owner);
  const account = await groupedTransaction(platform.db, async (trx) => {
    const account = await consumeAuthToken({ ...platform, db: trx }, space, token);
    if (account === undefined) throw notFound('token.not_found');
    await storePasswords(trx, account, draft);
    return account;
  });
  return release(platform, account, draft);
}

async function storePasswords(trx: Db, account: Account, { passwords }: Draft): Promise<void> {
  if (passwords !== undefined) await replacePasswords(trx, account.id, passwords);
}

/** The document may go out: all it promises is stored. */
async function release(
  platform: ProvisioningPlatform,
  account: Account,
  { document, passwords }: Draft,
): Promise<string> {
  if (passwords !== undefined) await tell(platform, 'passwordChanged', account);
  return serializeProvisioningXml(document);
}

/** Elsewhere an account hook that fails, fails the request; here the phone must get what is spent for it. */
async function tell(
  platform: ProvisioningPlatform,
  event: 'activated' | 'passwordChanged',
  account: Account,
): Promise<void> {
  try {
    await callHook(platform, event, account);
  } catch (error) {
    platform.log.error({ err: error, accountId: account.id }, 'account hook failed');
  }
}
