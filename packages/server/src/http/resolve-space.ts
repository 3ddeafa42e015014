import { badRequest, forbidden, notFound, unavailable } from '../errors/service-error.ts';
import type { Platform } from '../platform.ts';
import { isExpired, type Space } from '../spaces/space.ts';
import { findSpaceByHost } from '../spaces/space.service.ts';

type SpacePlatform = Pick<Platform, 'db' | 'clock' | 'config'>;

/**
 * The space that a host serves (reference §3.2). It is read for every request: administrators,
 * other nodes and the command line change spaces, and an expired one must stop at once.
 * @throws ServiceError `request.malformed` without a host, `space.host_unknown`, `space.host_outside_root`, `space.expired`
 */
export async function resolveSpace(
  platform: SpacePlatform,
  host: string | undefined,
): Promise<Space> {
  // RFC 9112 §3.2 demands it, and no URL can be made from such a host.
  if (host === undefined) throw badRequest();
  const { rootHost, defaultHost } = platform.config.app;
  const space =
    (await findSpaceByHost(platform, host)) ??
    (defaultHost === undefined ? undefined : await findSpaceByHost(platform, defaultHost));
  if (space === undefined) throw notFound('space.host_unknown');
  if (rootHost !== undefined && !space.host.endsWith(rootHost)) {
    throw unavailable('space.host_outside_root');
  }
  if (isExpired(space, platform.clock.now())) throw forbidden('space.expired');
  return space;
}
