import type { Config } from '../config/env.ts';
import type { Space } from './space.ts';

/** `scheme://host[:port]` of a space for texts that no request caused; never ends with `/`. */
export function publicOrigin({ http }: Pick<Config, 'http'>, space: Pick<Space, 'host'>): string {
  return http.publicUrl.replaceAll('{host}', space.host).replace(/\/+$/, '');
}
