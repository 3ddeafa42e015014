import { createPublicKey } from 'node:crypto';
import { toFlag } from '../db/column-types.ts';
import type { Db } from '../db/database.ts';
import { toDbDate } from '../db/dates.ts';
import { transaction } from '../db/transaction.ts';
import { type FieldFault, type FieldFaults, invalid } from '../errors/service-error.ts';
import type { Platform } from '../platform.ts';
import type { OidcConfiguration } from './space.ts';
import { lockSpace } from './space.repository.ts';
import { getSpace } from './space.service.ts';

/**
 * Gives a space an OpenID Connect provider, or changes its one; what is left out stays as it is. From then
 * on the space takes tokens of that provider only, where it took passwords and user keys.
 * @throws ServiceError `space.not_found`, `validation.failed`
 */
export async function setOidc(
  platform: Pick<Platform, 'db' | 'clock'>,
  domain: string,
  change: Partial<OidcConfiguration>,
): Promise<OidcConfiguration> {
  return transaction(platform.db, async (trx) => {
    await lockSpace(trx, domain);
    const { id, oidc: current } = await getSpace({ db: trx }, domain);
    const { serverUrl, ...oidc } = { ...newProvider, ...current, ...change };
    const configuration = { ...oidc, serverUrl: serverUrl.replace(/\/*$/u, '/') };
    const faults = providerFaults({ ...oidc, serverUrl });
    if (Object.keys(faults).length > 0) throw invalid(faults);
    await storeProvider(trx, id, configuration, toDbDate(platform.clock.now()));
    return configuration;
  });
}

/** Lets the space take passwords and user keys again; false when it had no provider. */
export async function removeOidc(platform: Pick<Platform, 'db'>, domain: string): Promise<boolean> {
  const { id } = await getSpace(platform, domain);
  const result = await platform.db
    .deleteFrom('space_oidc_authentication_configurations')
    .where('space_id', '=', id)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

const newProvider: OidcConfiguration = {
  serverUrl: '',
  realm: '',
  sipIdentifier: 'sip_identity',
  publicKey: undefined,
  clientId: undefined,
  clientSecret: undefined,
  autoProvisioning: false,
  roleProvisioning: undefined,
};

function providerFaults({ serverUrl, realm, publicKey, ...oidc }: OidcConfiguration): FieldFaults {
  const faults: Record<string, FieldFault> = {};
  if (serverUrl === '') faults['server_url'] = 'validation.required';
  else if (!/^https?:$/u.test(URL.parse(serverUrl)?.protocol ?? '')) {
    faults['server_url'] = 'validation.url';
  }
  if (realm === '') faults['realm'] = 'validation.required';
  if (publicKey !== undefined && !isPublicKey(publicKey))
    faults['public_key'] = 'validation.invalid';
  // Without a role nobody would be let in.
  if (oidc.autoProvisioning && oidc.roleProvisioning === undefined) {
    faults['role_provisioning'] = 'validation.required';
  }
  return faults;
}

function isPublicKey(pem: string): boolean {
  try {
    createPublicKey(pem);
    return !pem.includes('PRIVATE KEY');
  } catch {
    return false;
  }
}

async function storeProvider(
  trx: Db,
  spaceId: number,
  oidc: OidcConfiguration,
  date: string,
): Promise<void> {
  const table = 'space_oidc_authentication_configurations';
  const values = {
    server_url: oidc.serverUrl,
    realm: oidc.realm,
    sip_identifier: oidc.sipIdentifier,
    public_key: oidc.publicKey ?? null,
    client_id: oidc.clientId ?? null,
    client_secret: oidc.clientSecret ?? null,
    auto_provisioning: toFlag(oidc.autoProvisioning),
    role_provisioning: oidc.roleProvisioning ?? null,
    updated_at: date,
  };
  const updated = await trx
    .updateTable(table)
    .set(values)
    .where('space_id', '=', spaceId)
    .executeTakeFirst();
  if (updated.numUpdatedRows > 0n) return;
  await trx
    .insertInto(table)
    .values({ ...values, space_id: spaceId, created_at: date })
    .execute();
}
