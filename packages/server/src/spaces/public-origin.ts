import type { Config } from '../config/env.ts';
import type { RequestContext } from '../http/request-context.ts';
import type { Space } from './space.ts';

/** `scheme://host[:port]` of a space for texts that no request caused; never ends with `/`. */
export function publicOrigin({ http }: Pick<Config, 'http'>, space: Pick<Space, 'host'>): string {
  return http.publicUrl.replaceAll('{host}', space.host).replace(/\/+$/, '');
}

/**
 * `scheme://host[:port]` for links in mails: that of the request when it names the host of its space.
 * A default host answers under every name, and whoever sends a request chooses that name: a mail to
 * somebody else must not lead there.
 */
export function linkOrigin(
  config: Pick<Config, 'http'>,
  { space, host, origin }: Pick<RequestContext, 'space' | 'host' | 'origin'>,
): string {
  return host === space.host ? origin : publicOrigin(config, space);
}
