import { randomUUID } from 'node:crypto';
import type { ConfigStore } from '../config/config-store.ts';

/** The id of this installation, `[misc] uuid`, made at the first start; undefined when switched off by `0`. */
export function instanceId(config: ConfigStore): string | undefined {
  const stored = config.getString('misc', 'uuid');
  if (stored === '0') return undefined;
  if (stored !== undefined && /^[\da-f-]{36}$/i.test(stored)) return stored;
  const uuid = randomUUID();
  config.setString('misc', 'uuid', uuid);
  return uuid;
}
