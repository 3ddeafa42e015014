import { isUniqueViolation } from '../db/sql-errors.ts';
import type { Db } from '../db/database.ts';
import { transaction } from '../db/transaction.ts';
import { type FieldFaults, invalid, notFound } from '../errors/service-error.ts';
import type { Platform } from '../platform.ts';
import { checkCustomEntries } from './custom-entries/check-custom-entries.ts';
import {
  type DigestConfiguration,
  type Space,
  type SpaceDoors,
  type SpaceSettings,
  defaultSpaceSettings,
} from './space.ts';
import {
  countAccountsOfDomain,
  deleteSpaceRow,
  insertDigestConfiguration,
  insertSpace,
  lockSpace,
  replaceDoors,
  selectAllSpaces,
  selectSpace,
  selectSpaceByHost,
  updateSpaceRow,
} from './space.repository.ts';

type SpacePlatform = Pick<Platform, 'db' | 'clock'>;

/** Settings in which switches may be left out. */
export interface SpaceChange extends Omit<SpaceSettings, 'switches'> {
  readonly switches?: Partial<SpaceSettings['switches']>;
}

/** A space to create; what is left out has the default of a new space. */
export interface NewSpace
  extends Pick<SpaceSettings, 'name' | 'host'>,
    Partial<Omit<SpaceChange, 'name' | 'host'>> {
  readonly domain: string;
  /** Default: realm = domain, SHA-256. */
  readonly digest?: Partial<DigestConfiguration>;
}

/** The space that the host of a request selects; letter case and port do not matter. */
export async function findSpaceByHost(
  platform: Pick<Platform, 'db'>,
  host: string,
): Promise<Space | undefined> {
  return selectSpaceByHost(platform.db, host.replace(/:\d*$/u, '').toLowerCase());
}

/** The space of a SIP domain. */
export function findSpaceByDomain(
  platform: Pick<Platform, 'db'>,
  domain: string,
): Promise<Space | undefined> {
  return selectSpace(platform.db, { domain });
}

/** The space of a SIP domain, which must exist. @throws ServiceError `space.not_found` */
export async function getSpace(platform: Pick<Platform, 'db'>, domain: string): Promise<Space> {
  const space = await findSpaceByDomain(platform, domain);
  if (space === undefined) throw notFound('space.not_found');
  return space;
}

export function listSpaces(platform: Pick<Platform, 'db'>): Promise<Space[]> {
  return selectAllSpaces(platform.db);
}

/**
 * Creates a space that can hold SIP passwords at once: FAM's had no digest configuration and lost
 * every password given to them (flexiapi-core.md §12 number 10).
 * @throws ServiceError `validation.failed`
 */
export async function createSpace(platform: SpacePlatform, space: NewSpace): Promise<Space> {
  const settings: SpaceSettings = {
    ...defaultSpaceSettings,
    ...space,
    switches: { ...defaultSpaceSettings.switches, ...space.switches },
  };
  const now = platform.clock.now();
  refuse(settingsFaults(settings, now));
  const { domain } = space;
  return guardUnique(
    () => takenFaults(platform.db, { domain, ...settings }),
    () =>
      transaction(platform.db, async (trx) => {
        await insertSpace(trx, domain, settings, now);
        const created = await getSpace({ db: trx }, domain);
        const digest = {
          realm: space.digest?.realm ?? domain,
          defaultPasswordAlgorithm: space.digest?.defaultPasswordAlgorithm ?? 'SHA-256',
        } as const;
        await insertDigestConfiguration(trx, created.id, digest, now);
        return { ...created, digest };
      }),
  );
}

/**
 * Replaces the settings of a space; switches that are left out keep their value.
 * @throws ServiceError `space.not_found`, `validation.failed`
 */
export async function updateSpace(
  platform: SpacePlatform,
  domain: string,
  change: SpaceChange,
): Promise<Space> {
  const now = platform.clock.now();
  return guardUnique(
    async () => takenFaults(platform.db, { ...change, id: (await getSpace(platform, domain)).id }),
    () =>
      transaction(platform.db, async (trx) => {
        await lockSpace(trx, domain);
        const current = await getSpace({ db: trx }, domain);
        const settings = { ...change, switches: { ...current.switches, ...change.switches } };
        const faults = settingsFaults(settings, now);
        if (settings.maxAccounts > 0) {
          const accounts = await countAccountsOfDomain(trx, domain);
          if (settings.maxAccounts < accounts) {
            faults['max_accounts'] = { key: 'validation.min_number', params: { min: accounts } };
          }
        }
        refuse(faults);
        await updateSpaceRow(trx, current.id, settings, now);
        return getSpace({ db: trx }, domain);
      }),
  );
}

/** Opens or closes ways into a space. @throws ServiceError `space.not_found` */
export async function setSpaceDoors(
  platform: Pick<Platform, 'db'>,
  domain: string,
  doors: Partial<SpaceDoors>,
): Promise<Space> {
  return transaction(platform.db, async (trx) => {
    await lockSpace(trx, domain);
    const space = await getSpace({ db: trx }, domain);
    await replaceDoors(trx, space.id, { ...space.doors, ...doors });
    return getSpace({ db: trx }, domain);
  });
}

/** Deletes a space with its accounts. @throws ServiceError `space.not_found` */
export async function deleteSpace(platform: Pick<Platform, 'db'>, domain: string): Promise<void> {
  const { id } = await getSpace(platform, domain);
  // Of two simultaneous deletions one finds nothing left.
  if (!(await deleteSpaceRow(platform.db, id))) throw notFound('space.not_found');
}

/** Runs `write` after its unique keys were found free, and looks again when another writer was faster. */
async function guardUnique<T>(
  faults: () => Promise<FieldFaults>,
  write: () => Promise<T>,
): Promise<T> {
  refuse(await faults());
  try {
    return await write();
  } catch (error) {
    if (isUniqueViolation(error)) refuse(await faults());
    throw error;
  }
}

function refuse(faults: FieldFaults): void {
  if (Object.keys(faults).length > 0) throw invalid(faults);
}

async function takenFaults(
  db: Db,
  keys: {
    readonly id?: number;
    readonly name: string;
    readonly domain?: string;
    readonly host: string;
  },
): Promise<FieldFaults> {
  const faults: Record<string, 'validation.unique'> = {};
  for (const field of ['name', 'domain', 'host'] as const) {
    const value = keys[field];
    if (value === undefined) continue;
    const holder = await selectSpace(db, { [field]: value });
    if (holder !== undefined && holder.id !== keys.id) faults[field] = 'validation.unique';
  }
  return faults;
}

function settingsFaults(settings: SpaceSettings, now: number): Record<string, FieldFaults[string]> {
  const faults: Record<string, FieldFaults[string]> = {};
  if (settings.customProvisioningEntries !== undefined) {
    const entries = checkCustomEntries(settings.customProvisioningEntries);
    if (entries.faults.length > 0) faults['custom_provisioning_entries'] = entries.faults;
  }
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  if (settings.expireAt !== undefined && settings.expireAt < today) {
    faults['expire_at'] = 'validation.past';
  }
  return faults;
}

const DAY_MS = 86_400_000;
