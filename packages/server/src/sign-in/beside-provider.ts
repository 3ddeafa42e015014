import { forbidden } from '../errors/service-error.ts';
import type { RequestContext } from '../http/request-context.ts';

/**
 * Where an OpenID Connect provider vouches for people, nothing beside it signs them in: it may have
 * locked somebody out.
 * @throws ServiceError `space.feature_disabled`
 */
export function refuseBesideProvider({ space }: Pick<RequestContext, 'space'>): void {
  if (space.oidc !== undefined) throw forbidden('space.feature_disabled');
}
