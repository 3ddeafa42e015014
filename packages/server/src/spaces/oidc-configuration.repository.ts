import { toFlag } from '../db/column-types.ts';
import type { Db } from '../db/database.ts';
import { toDbDate } from '../db/dates.ts';
import type { OidcConfiguration } from './space.ts';

const table = 'space_oidc_authentication_configurations';

/** Gives a space its provider, in the place of an earlier one. The space's row must be locked. */
export async function replaceOidcConfiguration(
  trx: Db,
  spaceId: number,
  oidc: OidcConfiguration,
  now: number,
): Promise<void> {
  const date = toDbDate(now);
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

/** False when the space had none. */
export async function deleteOidcConfiguration(db: Db, spaceId: number): Promise<boolean> {
  const result = await db.deleteFrom(table).where('space_id', '=', spaceId).executeTakeFirst();
  return result.numDeletedRows > 0n;
}
