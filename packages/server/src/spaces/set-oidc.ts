import { createPublicKey } from 'node:crypto';
import { transaction } from '../db/transaction.ts';
import { type FieldFault, type FieldFaults, invalid } from '../errors/service-error.ts';
import type { Platform } from '../platform.ts';
import {
  deleteOidcConfiguration,
  replaceOidcConfiguration,
} from './oidc-configuration.repository.ts';
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
    await replaceOidcConfiguration(trx, id, configuration, platform.clock.now());
    return configuration;
  });
}

/** Lets the space take passwords and user keys again; false when it had no provider. */
export async function removeOidc(platform: Pick<Platform, 'db'>, domain: string): Promise<boolean> {
  const { id } = await getSpace(platform, domain);
  return deleteOidcConfiguration(platform.db, id);
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
  if (oidc.autoProvisioning && (oidc.roleProvisioning ?? '') === '') {
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
