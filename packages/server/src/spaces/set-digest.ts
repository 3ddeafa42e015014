import { transaction } from '../db/transaction.ts';
import { invalid } from '../errors/service-error.ts';
import type { Platform } from '../platform.ts';
import type { DigestConfiguration } from './space.ts';
import {
  countAccountsOfDomain,
  insertDigestConfiguration,
  lockSpace,
  updateDigestConfiguration,
} from './space.repository.ts';
import { getSpace } from './space.service.ts';

/**
 * Lets a space store SIP passwords, or changes how it stores new ones. What is left out stays as it is, or
 * is the default of a new space. Stored hashes were made with the realm: with accounts it cannot change.
 * @throws ServiceError `space.not_found`, `validation.failed`
 */
export async function setDigest(
  platform: Pick<Platform, 'db' | 'clock'>,
  domain: string,
  change: Partial<DigestConfiguration>,
): Promise<DigestConfiguration> {
  return transaction(platform.db, async (trx) => {
    await lockSpace(trx, domain);
    const { id, digest: current } = await getSpace({ db: trx }, domain);
    const digest: DigestConfiguration = {
      realm: change.realm ?? current?.realm ?? domain,
      defaultPasswordAlgorithm:
        change.defaultPasswordAlgorithm ?? current?.defaultPasswordAlgorithm ?? 'SHA-256',
    };
    const now = platform.clock.now();
    if (current === undefined) {
      await insertDigestConfiguration(trx, id, digest, now);
      return digest;
    }
    if (digest.realm !== current.realm && (await countAccountsOfDomain(trx, domain)) > 0) {
      throw invalid({ realm: 'validation.unchanged' });
    }
    await updateDigestConfiguration(trx, id, digest, now);
    return digest;
  });
}
