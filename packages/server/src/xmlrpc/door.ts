import { forbidden } from '../errors/service-error.ts';
import type { RequestContext } from '../http/request-context.ts';

/** @throws ServiceError `space.feature_disabled` where an administrator has closed this way in */
export function refuseClosedDoor({ space }: Pick<RequestContext, 'space'>): void {
  if (!space.doors.xmlrpc) throw forbidden('space.feature_disabled');
}
